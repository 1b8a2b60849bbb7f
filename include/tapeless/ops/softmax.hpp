#pragma once
// Softmax, its logarithm and its normaliser over the last axis, stable for any finite logits.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/log.hpp>
#include <tapeless/ops/maximum.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

namespace detail {

/// Over the last axis: the maximum m, e = exp(x - m) and the sum of e, in which every NaN shows.
struct shifted_exponentials {
  value m, e, sum;
  constexpr explicit shifted_exponentials(value x)
      : m{math::maximum_of_numbers(x, x.dims().rank - 1, true)},
        e{math::exp(x - m)},
        sum{math::sum(e, x.dims().rank - 1, true)} {}
};

struct over_last_axis {
  static constexpr family kind = family::composite;
  static constexpr result_type infer(graph& g, const int* in, attributes&) {
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
  static constexpr value decompose(graph& g, const value* in, const attributes&) {
    const detail::shifted_exponentials s{in[0]};
    // One division and many products are cheaper, but a single short row waits for both.
    constexpr int short_row = 16;
    return g.batch == 1 && in[0].dims()[in[0].dims().rank - 1] <= short_row
               ? s.e / s.sum
               : s.e * (value{1.0} / s.sum);
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
    const detail::shifted_exponentials s{in[0]};
    return (in[0] - s.m) - math::log(s.sum);
  }
};

/// y = ln(sum of e^x) over the last axis, which is kept with extent 1.
struct log_sum_exp {
  static constexpr const char* name = "log_sum_exp";
  static constexpr family kind = family::composite;
  static constexpr result_type infer(graph& g, const int* in, attributes&) {
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
    const detail::shifted_exponentials s{in[0]};
    return s.m + math::log(s.sum);
  }
};

namespace math {
constexpr value softmax(value x) { return apply<tapeless::softmax>(x); }
constexpr value log_softmax(value x) { return apply<tapeless::log_softmax>(x); }
constexpr value log_sum_exp(value x) { return apply<tapeless::log_sum_exp>(x); }
}  // namespace math

}  // namespace tapeless
