#pragma once
// Indices as numbers: of the greatest element, and as rows of one 1 among zeros.

#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/is_nan.hpp>
#include <tapeless/ops/logical_or.hpp>
#include <tapeless/ops/maximum.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/shapes.hpp>

namespace tapeless::math {

/// The index of the greatest element along an axis, of equal ones the first; a NaN counts as the
/// greatest, as in PyTorch. A number without gradient.
template <symbolic V>
constexpr V argmax(V x, int axis, bool keep = false) {
  const tapeless::detail::around_axis at(x, axis, "argmax");
  if (!at.fits) return x;
  const value greatest = math::maximum(x, at.axis, true);
  const value hit = math::logical_or(x == greatest, math::is_nan(x));
  const value index = math::iota(*x.owner, at.alone(), 0);
  const value behind{static_cast<double>(at.extent())};
  return -math::maximum(math::select(hit, -index, -behind), at.axis, keep);
}

/// The index of the least element along an axis, of equal ones the first.
template <symbolic V>
constexpr V argmin(V x, int axis, bool keep = false) {
  return math::argmax(-x, axis, keep);
}

/// A row of `classes` numbers for each index: 1 at the index, 0 elsewhere.
constexpr value one_hot(value index, int classes) {
  const shape dims = index.dims();
  if (dims.rank == max_rank || classes < 1) {
    index.owner->fail(problem::axis_out_of_range, path{"one_hot"}, classes, dims);
    return index;
  }
  const value rows = math::unsqueeze(index, -1);
  return rows == math::iota(*index.owner, shape{classes});
}

}  // namespace tapeless::math
