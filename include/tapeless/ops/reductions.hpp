#pragma once
// Reductions composed of sums, maxima and products, and running sums.

#include <initializer_list>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/maximum.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/shapes.hpp>
#include <tapeless/ops/sqrt.hpp>
#include <tapeless/ops/square.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless::math {

/// Minimum over all axes of a sample, over one, or over several; NaN if an element is.
constexpr value minimum(value x) { return -math::maximum(-x); }
constexpr value minimum(value x, int axis, bool keep = false) {
  return -math::maximum(-x, axis, keep);
}
constexpr value minimum(value x, std::initializer_list<int> axes, bool keep = false) {
  return -math::maximum(-x, axes, keep);
}

/// Sum of sizes.
constexpr value l1_norm(value x) { return math::sum(math::abs(x)); }
constexpr value l1_norm(value x, std::initializer_list<int> axes, bool keep = false) {
  return math::sum(math::abs(x), axes, keep);
}
constexpr value l1_norm(value x, int axis, bool keep = false) {
  return math::l1_norm(x, {axis}, keep);
}

}  // namespace tapeless::math

namespace tapeless::detail {

/// The root of a sum of squares, whose derivative at 0 is 0 and not 0 / 0.
constexpr value root_of_squares(value sum) {
  const value zero = sum == value{0.0};
  return math::select(zero, value{0.0}, math::sqrt(math::select(zero, value{1.0}, sum)));
}

}  // namespace tapeless::detail

namespace tapeless::math {

/// Root of the sum of squares; the derivative at 0 is 0, as in PyTorch.
constexpr value l2_norm(value x) {
  return tapeless::detail::root_of_squares(math::sum(math::square(x)));
}
constexpr value l2_norm(value x, std::initializer_list<int> axes, bool keep = false) {
  return tapeless::detail::root_of_squares(math::sum(math::square(x), axes, keep));
}
constexpr value l2_norm(value x, int axis, bool keep = false) {
  return math::l2_norm(x, {axis}, keep);
}

/// Mean of the squared distances from the mean, divided by n - correction instead of n.
constexpr value variance(value x, std::initializer_list<int> axes, bool keep = false,
                         int correction = 0) {
  const value m = math::mean(x, axes, true);
  const int n = reduced_axes::count(x.dims(), reduced_axes::some(x.dims(), axes));
  if (x.owner->failed()) return x;
  const value s = math::sum(math::square(x - m), axes, keep);
  return s * value{1.0 / (n - correction)};
}
constexpr value variance(value x, int axis, bool keep = false, int correction = 0) {
  return math::variance(x, {axis}, keep, correction);
}

/// Product over an axis, by halves: the gradient is right where elements are 0 too.
constexpr value product(value x, int axis, bool keep = false) {
  axis = axis_of(x, axis);
  if (axis < 0 || axis >= x.dims().rank) return math::sum(x, axis);  // which says what is wrong
  value left_over{1.0};
  for (int n = x.dims()[axis]; n > 1 && !x.owner->failed(); n = x.dims()[axis]) {
    const int half = n / 2;
    if (n % 2 != 0) left_over = left_over * math::slice(x, axis, n - 1, 1);
    x = math::slice(x, axis, 0, half) * math::slice(x, axis, half, half);
  }
  x = x * left_over;
  return keep || x.owner->failed() ? x : math::squeeze(x, axis);
}

/// y[i] = x[0] + ... + x[i] along an axis, in as many sums as the logarithm of its extent.
constexpr value cumulative_sum(value x, int axis) {
  axis = axis_of(x, axis);
  if (axis < 0 || axis >= x.dims().rank) return math::sum(x, axis);  // which says what is wrong
  const int n = x.dims()[axis];
  for (int reach = 1; reach < n; reach *= 2)
    x = x + math::pad(math::slice(x, axis, 0, n - reach), axis, reach, 0);
  return x;
}

}  // namespace tapeless::math
