#pragma once
// Where a kernel stands in its loop nest, and how far that is from the start of each operand.

#include <tapeless/core/config.hpp>
#include <tapeless/plan/program.hpp>
#include <tapeless/simd/simd.hpp>

namespace tapeless::kernels {

/// Indices of the loops: kept ones without an index of their own counted together, row, lane,
/// reduced ones counted together, and the innermost reduced one.
struct place_in_nest {
  int o = 0, r = 0, l = 0, q = 0, k = 0;
};

/// The part of a kernel's work that one of several threads does. Work is divided between tiles, so
/// that every result comes from the same operations whoever computes it.
struct partition {
  int part = 0, parts = 1;

  /// First of `count` equal pieces that belong to the part; the next part's first is where it ends.
  TAPELESS_INLINE constexpr int first_of(int count) const noexcept { return count * part / parts; }
  TAPELESS_INLINE constexpr int end_of(int count) const noexcept {
    return count * (part + 1) / parts;
  }
  TAPELESS_INLINE constexpr bool is_last() const noexcept { return part == parts - 1; }
};

/// The loops of a step by their part in the kernel.
template <const auto& Program, int S>
struct roles {
  static constexpr step s = Program.steps[S];
  static constexpr bool summed = s.lane_in >= s.parallel;  ///< lanes run over what is summed
  static constexpr int row = s.row;
  static constexpr int lane = s.lane_out;
  static constexpr int inner = summed ? s.lane_in : s.loops > s.parallel ? s.loops - 1 : -1;

  static consteval bool has_index(int loop) { return loop == row || loop == lane || loop == inner; }
  static consteval int extent(int loop) { return loop < 0 ? 1 : s.extent[loop]; }
  /// Iterations of the loops from `from` to `to` - 1 that have no index of their own.
  static consteval int others(int from, int to) {
    int n = 1;
    for (int l = from; l < to; ++l)
      if (!has_index(l)) n *= s.extent[l];
    return n;
  }
  static constexpr int outer = others(0, s.parallel);
  static constexpr int reduced = others(s.parallel, s.loops);

  static consteval access of(int a) { return Program.accesses[s.access_begin + a]; }
  static consteval int stride(int a, int loop) { return loop < 0 ? 0 : of(a).stride[loop]; }

  /// Distance that `count` iterations of the loops From to To - 1 without an index make.
  template <int A, int From, int To>
  static TAPELESS_INLINE int of_others(int count) noexcept {
    constexpr step own = s;  // copies: the plan itself must not reach the object file
    constexpr access a = of(A);
    int d = 0;
#pragma GCC unroll 8
    for (int l = To - 1; l >= From; --l) {
      if (l == row || l == lane || l == inner) continue;
      d += count % own.extent[l] * a.stride[l];
      count /= own.extent[l];
    }
    return d;
  }

  /// Elements between the start of access A and a place.
  template <int A>
  static TAPELESS_INLINE int distance(place_in_nest at) noexcept {
    int d = at.r * stride(A, row) + at.l * stride(A, lane) + at.k * stride(A, inner);
    if constexpr (outer > 1) d += of_others<A, 0, s.parallel>(at.o);
    if constexpr (reduced > 1) d += of_others<A, s.parallel, s.loops>(at.q);
    return d;
  }
};

/// How an access walks along the lanes of a vector.
struct lane_walk {
  int stride;      ///< between neighbouring lanes
  bool exact;    ///< nothing beyond the last lane inside may be touched
  bool zero_tail;  ///< lanes beyond it are stored as zeros
  friend constexpr bool operator==(const lane_walk&, const lane_walk&) = default;
};

/// Along no loop: one number, which alone is written.
template <const auto& Program, int S>
consteval lane_walk walk_of(int a, int along) {
  using n = roles<Program, S>;
  if (along < 0) return {.stride = 0, .exact = true, .zero_tail = false};
  return {n::stride(a, along), n::of(a).exact, n::of(a).zero_tail};
}

/// Lanes from the address of the first; Valid of them are inside the access.
template <lane_walk Walk, class V, int Valid, class T>
TAPELESS_INLINE V load_lanes(const T* p) noexcept {
  constexpr int width = static_cast<int>(simd::width_of<V>);
  if constexpr (std::is_same_v<V, T>) {
    return *p;
  } else if constexpr (Walk.stride == 0) {
    return simd::broadcast_load<V>(p);
  } else if constexpr (Walk.stride == 2 && Valid == width) {
    return simd::load_every_second<V>(p);
  } else if constexpr (Walk.stride != 1) {
    alignas(64) T x[static_cast<std::size_t>(width)];
#pragma GCC unroll 64
    for (int i = 0; i < width; ++i) x[i] = p[(i < Valid ? i : 0) * Walk.stride];
    return simd::load<V>(x);
  } else if constexpr (Walk.exact && Valid < width) {
    return simd::load_partial<V, static_cast<std::size_t>(Valid)>(p);
  } else {
    return simd::load<V>(p);
  }
}

/// Stores lanes of which Valid are inside the access.
template <lane_walk Walk, class V, int Valid, class T>
TAPELESS_INLINE void store_lanes(T* p, V x) noexcept {
  if constexpr (std::is_same_v<V, T>)
    *p = x;
  else if constexpr (Valid == static_cast<int>(simd::width_of<V>))
    simd::store<V>(p, x);
  else if constexpr (Walk.exact)
    simd::store_partial<static_cast<std::size_t>(Valid), V>(p, x);
  else if constexpr (Walk.zero_tail)
    simd::store<V>(p, simd::keep_first<static_cast<std::size_t>(Valid)>(x, V(T(0))));
  else
    simd::store<V>(p, x);
}

}  // namespace tapeless::kernels
