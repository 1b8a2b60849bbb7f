#pragma once
// Softmax, its logarithm and its normaliser over one axis, stable for any logits up to half of the
// largest number in size; larger ones and -inf count as hidden, if not all of a row are.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/exp_exponent.hpp>
#include <tapeless/ops/exp_scaled.hpp>
#include <tapeless/ops/log.hpp>
#include <tapeless/ops/maximum.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

namespace detail {

/// Over one axis: e = e^x over a common factor that bounds it, and the sum of e, in which
/// every NaN shows. The factor is e^m of the maximum m; for one short row, which waits for the
/// maximum, it is 2^m of the greatest exponent m, which is needed later.
struct bounded_exponentials {
  static constexpr int short_row = 16;
  bool waits;
  value m, e, sum;
  constexpr bounded_exponentials(value x, int axis)
      : waits{x.owner->batch == 1 && x.dims()[axis] <= short_row},
        m{math::maximum_of_numbers(waits ? math::exp_exponent(x) : x, axis, true)},
        e{waits ? math::exp_scaled(x, m) : math::exp(x - m)},
        sum{math::sum(e, axis, true)} {}

  /// ln 2 in two parts, the first so short that its product with an exponent is exact.
  static constexpr double ln2_high = 0.693359375, ln2_low = -2.12194440054690582768e-4;
  /// x - ln of the factor.
  constexpr value less_factor(value x) const {
    return waits ? (x - m * value{ln2_high}) - m * value{ln2_low} : x - m;
  }
  /// ln of the sum of e^x.
  constexpr value log_sum() const {
    return waits ? m * value{ln2_high} + (m * value{ln2_low} + math::log(sum)) : m + math::log(sum);
  }
};

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
    dx[0] = y * (dy - math::sum(dy * y, axis(y, attributes_of<softmax>(g[id])), true));
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
    const detail::bounded_exponentials s{in[0], axis(in[0], a)};
    return s.less_factor(in[0]) - math::log(s.sum);
  }
};

/// y = ln(sum of e^x) over an axis, which is kept with extent 1.
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
    dx[0] = dy * apply_with<softmax>({a.from_last}, value{g, g[id].in[0]});
  }
  static constexpr value decompose(graph&, const value* in, const attributes& a) {
    return detail::bounded_exponentials{in[0], axis(in[0], a)}.log_sum();
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
