#pragma once
// Softmax of scores some of which are hidden.

#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/softmax.hpp>

namespace tapeless {

namespace detail {

/// A maximum below every score that counts, so that -inf less it is -inf in float and double.
inline constexpr double no_score = -3.4e38;

}  // namespace detail

/// y = e^x / sum of e^x over an axis, and 0 over the whole axis where each x is -inf, which hides
/// an element; softmax has NaN there. Its gradient is 0 there.
struct softmax_or_zero : detail::over_one_axis {
  using over_one_axis::over_one_axis;
  static constexpr const char* name = "softmax_or_zero";
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const value y{g, id};
    dx[0] = detail::gradient_of_shares(y, dy, axis(y, attributes_of<softmax_or_zero>(g[id])));
  }
  static constexpr value decompose(graph&, const value* in, const attributes& a) {
    const int along = axis(in[0], a);
    const value greatest =
        math::max(math::maximum_of_numbers(in[0], along, true), value{detail::no_score});
    const value e = math::exp_decay(in[0] - greatest);
    const value total = math::sum(e, along, true);
    return e * math::select(total == value{0.0}, value{0.0}, value{1.0} / total);
  }
};

namespace math {
/// Over the last axis, or over another one.
template <symbolic V>
constexpr V softmax_or_zero(V x, int axis = -1) {
  return apply_with<tapeless::softmax_or_zero>(tapeless::softmax_or_zero::counted(x, axis), x);
}
}  // namespace math

}  // namespace tapeless
