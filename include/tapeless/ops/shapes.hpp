#pragma once
// Views and copies composed of reshape, slice, expand and concat.

#include <array>
#include <initializer_list>
#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/expand.hpp>
#include <tapeless/ops/slice.hpp>

namespace tapeless {

namespace detail {

/// x as {outer, extent of the axis, inner}, and the shape that it has.
struct around_axis {
  shape dims;
  int axis, outer = 1, inner = 1;
  bool fits;

  constexpr around_axis(value x, int a, const char* caller)
      : dims{x.dims()}, axis{axis_of(x, a)}, fits{axis >= 0 && axis < dims.rank} {
    if (!fits) x.owner->fail(problem::axis_out_of_range, path{caller}, shape{a}, dims);
    for (int i = 0; i < axis; ++i) outer *= dims[i];
    for (int i = axis + 1; i < dims.rank; ++i) inner *= dims[i];
  }
  constexpr int extent() const { return dims[axis]; }
  /// The axis and ones behind: what has this shape broadcasts over the other axes.
  constexpr shape alone() const {
    shape s{extent()};
    for (int i = axis + 1; i < dims.rank; ++i) s = s.append(1);
    return s;
  }
  constexpr shape with(int extent) const {
    shape s = dims;
    s.extent[axis] = extent;
    return s;
  }
};

}  // namespace detail

namespace math {

/// x with one more axis of extent 1 in front of axis `axis`; -1 puts it behind the last.
constexpr value unsqueeze(value x, int axis) {
  const shape s = x.dims();
  if (axis < 0) axis += s.rank + 1;
  if (axis < 0 || axis > s.rank || s.rank == max_rank) {
    x.owner->fail(problem::axis_out_of_range, path{"unsqueeze"}, shape{axis}, s);
    return x;
  }
  shape r = s.append(1);
  for (int i = s.rank; i > axis; --i) r.extent[i] = s[i - 1];
  r.extent[axis] = 1;
  return math::reshape(x, r);
}

/// x without an axis of extent 1.
constexpr value squeeze(value x, int axis) {
  const tapeless::detail::around_axis at(x, axis, "squeeze");
  if (!at.fits) return x;
  if (at.extent() != 1)
    x.owner->fail(problem::reshape_changes_count, path{"squeeze"}, at.dims, at.with(1));
  shape r;
  for (int i = 0; i < at.dims.rank; ++i)
    if (i != at.axis) r.extent[r.rank++] = at.dims[i];
  return x.owner->failed() ? x : math::reshape(x, r);
}

/// Values of one shape along a new axis: element i of the axis is value i.
template <int N>
constexpr value stack(const value (&values)[N], int axis = 0) {
  value rows[N];
  for (int i = 0; i < N; ++i) rows[i] = math::unsqueeze(values[i], axis);
  return math::concat(rows, axis < 0 ? axis_of(rows[0], axis) : axis);
}
constexpr value stack(value a, value b, int axis = 0) { return math::stack({a, b}, axis); }

/// x several times, one copy behind the other along an axis: a b c a b c, as numpy's tile.
constexpr value tile(value x, int axis, int times) {
  const tapeless::detail::around_axis at(x, axis, "tile");
  if (!at.fits || times == 1) return x;
  if (times < 1) x.owner->fail(problem::axis_out_of_range, path{"tile"}, times, at.dims);
  const int row = at.extent() * at.inner;
  const value apart = math::reshape(x, shape{at.outer, 1, row});
  const value wide = math::expand(apart, shape{at.outer, times, row});
  return math::reshape(wide, at.with(at.extent() * times));
}
/// x as often along each axis as `times` says, whose rank is that of x.
constexpr value tile(value x, shape times) {
  if (times.rank != x.dims().rank)
    x.owner->fail(problem::axis_out_of_range, path{"tile"}, times, x.dims());
  for (int i = 0; i < times.rank && !x.owner->failed(); ++i) x = math::tile(x, i, times[i]);
  return x;
}

/// Every element of an axis several times: a a b b c c, as numpy's repeat.
constexpr value repeat(value x, int axis, int times) {
  const tapeless::detail::around_axis at(x, axis, "repeat");
  if (!at.fits || times == 1) return x;
  if (times < 1) x.owner->fail(problem::axis_out_of_range, path{"repeat"}, times, at.dims);
  const int rows = at.outer * at.extent();
  const value apart = math::reshape(x, shape{rows, 1, at.inner});
  const value wide = math::expand(apart, shape{rows, times, at.inner});
  return math::reshape(wide, at.with(at.extent() * times));
}

/// An axis in pieces of the given sizes, which must add up to its extent.
template <int N>
constexpr std::array<value, N> split(value x, int axis, const int (&sizes)[N]) {
  const tapeless::detail::around_axis at(x, axis, "split");
  int begin = 0, total = 0;
  for (const int n : sizes) total += n;
  if (at.fits && total != at.extent())
    x.owner->fail(problem::slice_out_of_range, path{"split"}, total, at.dims);
  std::array<value, N> parts;
  for (int i = 0; i < N; begin += sizes[i++])
    parts[static_cast<std::size_t>(i)] = math::slice(x, axis, begin, sizes[i]);
  return parts;
}
/// An axis in N pieces of equal size.
template <int N>
constexpr std::array<value, N> split(value x, int axis = 0) {
  const tapeless::detail::around_axis at(x, axis, "split");
  int sizes[N] = {};
  for (int& n : sizes) n = at.fits ? at.extent() / N : 1;
  return math::split(x, axis, sizes);
}

/// Elements of an axis by constant indices, in their order; negative ones count from the end.
/// Indices that are evenly spaced are one view; several of these are joined.
constexpr value take(value x, int axis, std::initializer_list<int> indices) {
  const tapeless::detail::around_axis at(x, axis, "take");
  if (!at.fits || indices.size() == 0) return x;
  const int count = static_cast<int>(indices.size());
  const auto index = [&](int i) {
    const int k = indices.begin()[i];
    return k < 0 ? k + at.extent() : k;
  };
  value* const runs = new value[indices.size()];
  int n = 0;
  for (int i = 0; i < count;) {
    const int step = i + 1 < count ? index(i + 1) - index(i) : 1;
    int end = i + 1;
    while (step != 0 && end < count && index(end) - index(end - 1) == step) ++end;
    if (index(i) < 0) x.owner->fail(problem::slice_out_of_range, path{"take"}, index(i), at.dims);
    if (!x.owner->failed()) runs[n++] = math::slice(x, at.axis, index(i), end - i, step);
    i = end;
  }
  const value y = x.owner->failed() ? x : math::concat(runs, n, at.axis);
  delete[] runs;
  return y;
}

}  // namespace math

constexpr value value::operator[](int i) const {
  const value row = math::slice(*this, 0, i, 1);
  return owner->failed() ? *this : math::squeeze(row, 0);
}

}  // namespace tapeless
