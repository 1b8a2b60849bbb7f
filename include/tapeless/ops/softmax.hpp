#pragma once
// Softmax, its logarithm and its normaliser over one axis. A number that is added to all logits
// changes nothing beyond the rounding of that sum, up to the largest numbers. -inf counts as
// hidden; a row of nothing else, or with inf, has NaN in softmax and log_softmax, as in PyTorch.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/exp_decay.hpp>
#include <tapeless/ops/exp_level.hpp>
#include <tapeless/ops/log.hpp>
#include <tapeless/ops/maximum.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

namespace detail {

/// Over one axis: e = e^x over a common factor that bounds it, and the sum of e, in which every NaN
/// shows. The factor is e^m of the maximum m. For one short row it is 4^m of the greatest level m:
/// latency counts there, and a level is needed later in the chain than a maximum.
struct bounded_exponentials {
  static constexpr int short_row = 16;
  bool waits;
  value m, e, sum;
  constexpr bounded_exponentials(value x, int axis)
      : waits{x.owner->batch == 1 && x.dims()[axis] <= short_row},
        m{math::maximum_of_numbers(waits ? math::exp_level(x) : x, axis, true)},
        e{waits ? math::exp_from_level(x, m) : math::exp_decay(x - m)},
        sum{math::sum(e, axis, true)} {}

  /// x - ln of the sum of e^x. As distances from the maximum: where logits are large, the
  /// logarithm itself has no digits left for their differences.
  constexpr value log_shares(value x, int axis) const {
    const value most = waits ? math::maximum_of_numbers(x, axis, true) : m;
    const value excess = math::log(sum);
    return (x - most) - (waits ? excess - math::exp_level_rest(most, m) : excess);
  }
};

/// dx of y = e^x / sum of e^x over an axis.
constexpr value gradient_of_shares(value y, value dy, int axis) {
  return y * (dy - math::sum(dy * y, axis, true));
}

struct over_one_axis : operation_base {
  using operation_base::operation_base;
  static constexpr family kind = family::composite;
  struct attributes {
    int from_last = 0;  ///< the axis, counted from the last
  };
  static constexpr int axis(value x, const attributes& a) {
    return x.dims().rank - 1 - a.from_last;
  }
  static constexpr attributes counted(value x, int axis) {
    return {x.dims().rank - 1 - tapeless::axis_of(x, axis)};
  }
  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape s = g[in[0]].dims;
    if (a.from_last < 0 || a.from_last >= s.rank)
      g.fail(problem::axis_out_of_range, path{"softmax"}, shape{s.rank - 1 - a.from_last}, s);
    return {s, g[in[0]].batched};
  }
};

}  // namespace detail

/// y = e^x / sum of e^x over an axis.
struct softmax : detail::over_one_axis {
  using over_one_axis::over_one_axis;
  static constexpr const char* name = "softmax";
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const value y{g, id};
    dx[0] = detail::gradient_of_shares(y, dy, axis(y, attributes_of<softmax>(g[id])));
  }
  static constexpr value decompose(graph&, const value* in, const attributes& a) {
    const detail::bounded_exponentials s{in[0], axis(in[0], a)};
    // One division and many products are cheaper, but a single short row waits for both.
    return s.waits ? s.e / s.sum : s.e * (value{1.0} / s.sum);
  }
};

/// y = x - ln(sum of e^x) over an axis.
struct log_softmax : detail::over_one_axis {
  using over_one_axis::over_one_axis;
  static constexpr const char* name = "log_softmax";
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const value y{g, id};
    const int along = axis(y, attributes_of<log_softmax>(g[id]));
    dx[0] = dy - math::exp(y) * math::sum(dy, along, true);
  }
  static constexpr value decompose(graph&, const value* in, const attributes& a) {
    return detail::bounded_exponentials{in[0], axis(in[0], a)}.log_shares(in[0], axis(in[0], a));
  }
};

namespace detail {

/// y = x, but the largest number where x is inf, and its negative where x is -inf.
struct to_finite {
  static constexpr const char* name = "to_finite";

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    constexpr auto most = limits<scalar_of<V>>::max;
    return math::clamp(x, V(-most), V(most));
  }
  template <class V>
  static constexpr V backward(V dy, V, V) {
    return dy;
  }
};

/// Over one axis: the maximum m as a finite number, e = e^(x - m), and the sum of e. So e is 0
/// where all are -inf, and infinite where one is inf.
struct finite_exponentials {
  value m, e, sum;
  constexpr finite_exponentials(value x, int axis)
      : m{apply<to_finite>(math::maximum_of_numbers(x, axis, true))},
        e{math::exp(x - m)},
        sum{math::sum(e, axis, true)} {}
};

/// The gradient of log_sum_exp: softmax, but where x has an inf the finite elements get 0.
struct log_sum_exp_slope : over_one_axis {
  static constexpr const char* name = "log_sum_exp_slope";
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const value y{g, id};
    dx[0] = gradient_of_shares(y, dy, axis(y, attributes_of<log_sum_exp_slope>(g[id])));
  }
  static constexpr value decompose(graph&, const value* in, const attributes& a) {
    const finite_exponentials s{in[0], axis(in[0], a)};
    return s.e / s.sum;
  }
};

}  // namespace detail

/// y = ln(sum of e^x) over an axis, which is kept with extent 1: -inf where all x are, inf where
/// one is, as PyTorch's logsumexp.
struct log_sum_exp : detail::over_one_axis {
  using over_one_axis::over_one_axis;
  static constexpr const char* name = "log_sum_exp";
  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    result_type r = detail::over_one_axis::infer(g, in, a);
    if (!g.failed()) r.dims.extent[r.dims.rank - 1 - a.from_last] = 1;
    return r;
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const attributes a = attributes_of<log_sum_exp>(g[id]);
    dx[0] = dy * apply_with<detail::log_sum_exp_slope>({a.from_last}, value{g, g[id].in[0]});
  }
  static constexpr value decompose(graph&, const value* in, const attributes& a) {
    const detail::finite_exponentials s{in[0], axis(in[0], a)};
    return s.m + math::log(s.sum);
  }
};

namespace math {
/// Over the last axis, or over another one.
constexpr value softmax(value x, int axis = -1) {
  return apply_with<tapeless::softmax>(tapeless::softmax::counted(x, axis), x);
}
constexpr value log_softmax(value x, int axis = -1) {
  return apply_with<tapeless::log_softmax>(tapeless::log_softmax::counted(x, axis), x);
}
/// Over the last axis, which stays with extent 1.
constexpr value log_sum_exp(value x) { return apply<tapeless::log_sum_exp>(x); }
/// Over one axis or several, which stay with extent 1 if told so.
constexpr value log_sum_exp(value x, std::initializer_list<int> axes, bool keep = false) {
  value y = x;
  for (const int axis : axes)
    y = apply_with<tapeless::log_sum_exp>(tapeless::log_sum_exp::counted(x, axis), y);
  if (keep || x.owner->failed()) return y;
  return math::reshape(y, reduced_axes::without(y.dims(), reduced_axes::some(y.dims(), axes)));
}
constexpr value log_sum_exp(value x, int axis, bool keep = false) {
  return math::log_sum_exp(x, {axis}, keep);
}
}  // namespace math

}  // namespace tapeless
