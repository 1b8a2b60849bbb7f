#pragma once
// Axes as operators that reduce, normalise or choose along some of them see a tensor.

#include <functional>
#include <vector>

#include "operators/call.hpp"

namespace tapeless::gen {

/// Axes counted from the front, ascending. Errors: refusal for one outside the rank or twice.
std::vector<int> sorted_axes(const std::vector<std::int64_t>& axes, int rank);

/// All axes from one to the last.
std::vector<int> axes_from(int first, int rank);

/// The extents with those of the axes set to 1.
dimensions kept_dims(dimensions dims, const std::vector<int>& axes);
/// The extents without those of the axes.
dimensions dropped_dims(const dimensions& dims, const std::vector<int>& axes);

/// A tensor around one axis: element (b, i, a) is at (b * extent + i) * after + a.
struct split {
  std::int64_t before = 1, extent = 1, after = 1;
  std::size_t at(std::int64_t b, std::int64_t i, std::int64_t a) const {
    return static_cast<std::size_t>((b * extent + i) * after + a);
  }
};
split split_at(const dimensions& dims, int axis);

/// For each element of a tensor the number of the group that it is in, where elements that differ
/// in the axes alone are one group; groups are numbered as the elements of `kept_dims`.
std::vector<std::size_t> groups_of(const dimensions& dims, const std::vector<int>& axes);

/// The mean of each group of elements.
std::vector<double> group_means(const std::vector<double>& x, const std::vector<std::size_t>& group,
                                std::size_t groups);

}  // namespace tapeless::gen
