#pragma once
// Extents of a value per sample, rank 0 to 6.

#include <tapeless/core/config.hpp>

namespace tapeless {

/// Largest rank of a value; the batch axis is not counted.
inline constexpr int max_rank = 6;

/// Extents of a value, outermost first; rank 0 is a scalar. Unused extents are 0, so that equality
/// is member-wise and a shape can be a template argument.
struct shape {
  int rank = 0;
  int extent[max_rank] = {};

  constexpr shape() = default;
  constexpr explicit(false) shape(int a) : rank{1}, extent{a} {}
  constexpr shape(int a, int b) : rank{2}, extent{a, b} {}
  constexpr shape(int a, int b, int c) : rank{3}, extent{a, b, c} {}
  constexpr shape(int a, int b, int c, int d) : rank{4}, extent{a, b, c, d} {}
  constexpr shape(int a, int b, int c, int d, int e) : rank{5}, extent{a, b, c, d, e} {}
  constexpr shape(int a, int b, int c, int d, int e, int f)
      : rank{6}, extent{a, b, c, d, e, f} {}

  /// Number of scalars.
  constexpr int count() const {
    int n = 1;
    for (int i = 0; i < rank; ++i) n *= extent[i];
    return n;
  }
  constexpr int operator[](int axis) const { return extent[axis]; }

  /// The same shape with one more axis behind the last.
  constexpr shape append(int n) const {
    shape s = *this;
    s.extent[s.rank++] = n;
    return s;
  }

  // One expression, here and in other hot places of the graph: compilers bound the statements that a
  // constant expression may execute.
  friend constexpr bool operator==(const shape& a, const shape& b) {
    return a.rank == b.rank && a.extent[0] == b.extent[0] && a.extent[1] == b.extent[1] &&
           a.extent[2] == b.extent[2] && a.extent[3] == b.extent[3] &&
           a.extent[4] == b.extent[4] && a.extent[5] == b.extent[5];
  }
};

/// Result of broadcasting two shapes (numpy's rule), and whether they can be broadcast at all.
struct broadcast_result {
  shape dims;
  bool fits = true;
};

/// Broadcasts from the last axis: equal extents, or one of them 1 or absent.
constexpr broadcast_result broadcast(const shape& a, const shape& b) {
  if (a == b) return {a, true};
  broadcast_result r;
  r.dims.rank = a.rank > b.rank ? a.rank : b.rank;
  for (int i = 1; i <= r.dims.rank; ++i) {
    const int x = i <= a.rank ? a.extent[a.rank - i] : 1;
    const int y = i <= b.rank ? b.extent[b.rank - i] : 1;
    if (x != y && x != 1 && y != 1) r.fits = false;
    r.dims.extent[r.dims.rank - i] = x == 1 ? y : x;
  }
  return r;
}

}  // namespace tapeless
