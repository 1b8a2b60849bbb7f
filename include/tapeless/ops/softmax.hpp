#pragma once
// Softmax, its logarithm and its normaliser over the last axis, stable for any logits up to half of
// the largest number in size; larger ones and -inf count as hidden, if not all of a row are.

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

/// Over the last axis: e = e^x over a common factor that bounds it, and the sum of e, in which
/// every NaN shows. The factor is e^m of the maximum m; for one short row, which waits for the
/// maximum, it is 2^m of the greatest exponent m, which is needed later.
struct bounded_exponentials {
  static constexpr int short_row = 16;
  bool waits;
  value m, e, sum;
  constexpr explicit bounded_exponentials(value x)
      : waits{x.owner->batch == 1 && x.dims()[x.dims().rank - 1] <= short_row},
        m{math::maximum_of_numbers(waits ? math::exp_exponent(x) : x, x.dims().rank - 1, true)},
        e{waits ? math::exp_scaled(x, m) : math::exp(x - m)},
        sum{math::sum(e, x.dims().rank - 1, true)} {}

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

struct over_last_axis {
  static constexpr family kind = family::composite;
  struct attributes {};
  static constexpr result_type infer(graph& g, const int* in, const attributes&) {
    if (g[in[0]].dims.rank == 0)
      g.fail(problem::axis_out_of_range, path{"softmax"}, shape{}, shape{1});
    return {g[in[0]].dims, g[in[0]].batched};
  }
};

}  // namespace detail

/// y = e^x / sum of e^x over the last axis.
struct softmax : detail::over_last_axis {
  static constexpr const char* name = "softmax";
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const value y{g, id};
    dx[0] = y * (dy - math::sum(dy * y, y.dims().rank - 1, true));
  }
  static constexpr value decompose(graph&, const value* in, const attributes&) {
    const detail::bounded_exponentials s{in[0]};
    // One division and many products are cheaper, but a single short row waits for both.
    return s.waits ? s.e / s.sum : s.e * (value{1.0} / s.sum);
  }
};

/// y = x - ln(sum of e^x) over the last axis.
struct log_softmax : detail::over_last_axis {
  static constexpr const char* name = "log_softmax";
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const value y{g, id};
    dx[0] = dy - math::exp(y) * math::sum(dy, y.dims().rank - 1, true);
  }
  static constexpr value decompose(graph&, const value* in, const attributes&) {
    const detail::bounded_exponentials s{in[0]};
    return s.less_factor(in[0]) - math::log(s.sum);
  }
};

/// y = ln(sum of e^x) over the last axis, which is kept with extent 1.
struct log_sum_exp {
  static constexpr const char* name = "log_sum_exp";
  static constexpr family kind = family::composite;
  struct attributes {};
  static constexpr result_type infer(graph& g, const int* in, const attributes&) {
    shape s = g[in[0]].dims;
    if (s.rank == 0)
      g.fail(problem::axis_out_of_range, path{name}, s, shape{1});
    else
      s.extent[s.rank - 1] = 1;
    return {s, g[in[0]].batched};
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    dx[0] = dy * apply<softmax>(value{g, g[id].in[0]});
  }
  static constexpr value decompose(graph&, const value* in, const attributes&) {
    return detail::bounded_exponentials{in[0]}.log_sum();
  }
};

namespace math {
constexpr value softmax(value x) { return apply<tapeless::softmax>(x); }
constexpr value log_softmax(value x) { return apply<tapeless::log_softmax>(x); }
constexpr value log_sum_exp(value x) { return apply<tapeless::log_sum_exp>(x); }
}  // namespace math

}  // namespace tapeless
