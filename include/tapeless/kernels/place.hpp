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

/// A result of a tile, counted from the place of the tile's first one.
struct place_in_tile {
  const place_in_nest& tile;
  int r = 0, l = 0;
};

/// Indices of some loops that follow one another.
template <std::size_t N>
struct loop_indices {
  int at[N > 0 ? N : 1] = {};
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

  template <int N>
  using loops_before = std::make_index_sequence<static_cast<std::size_t>(N)>;
  using parallel_loops = loops_before<s.parallel>;
  using reduced_loops = loops_before<s.loops - s.parallel>;

  /// Indices of the loops From, From + 1, ... without an index of their own in iteration `count` of
  /// all of them. The front end writes them and their walks out: a loop over them was what the
  /// optimiser spent most of its time on.
  template <int From, std::size_t... L>
  static TAPELESS_INLINE loop_indices<sizeof...(L)> others_at(int count,
                                                              std::index_sequence<L...>) noexcept {
    [[maybe_unused]] constexpr int to = From + static_cast<int>(sizeof...(L));
    return {{(has_index(From + static_cast<int>(L))
                  ? 0
                  : count / others(From + static_cast<int>(L) + 1, to) %
                        extent(From + static_cast<int>(L)))...}};
  }
  /// Elements that access A walks to a place of the loops of results, or of those that are reduced.
  template <int A, std::size_t... L>
  static TAPELESS_INLINE int walk_of_results(const place_in_nest& at,
                                             const loop_indices<sizeof...(L)>& i,
                                             std::index_sequence<L...>) noexcept {
    return ((at.r * stride(A, row) + at.l * stride(A, lane)) + ... +
            (i.at[L] * stride(A, static_cast<int>(L))));
  }
  template <int A, std::size_t... L>
  static TAPELESS_INLINE int walk_of_reduced(const loop_indices<sizeof...(L)>& i,
                                             std::index_sequence<L...>) noexcept {
    return (0 + ... + (i.at[L] * stride(A, s.parallel + static_cast<int>(L))));
  }

  /// Elements between the start of access A and a place.
  template <int A>
  static TAPELESS_INLINE int distance(const place_in_nest& at) noexcept {
    int d = at.k * stride(A, inner);
    d += walk_of_results<A>(at, others_at<0>(at.o, parallel_loops{}), parallel_loops{});
    if constexpr (reduced > 1)
      d += walk_of_reduced<A>(others_at<s.parallel>(at.q, reduced_loops{}), reduced_loops{});
    return d;
  }
  /// Elements between what the first result of a tile accesses and what one of the others does.
  template <int A>
  static TAPELESS_INLINE int distance(const place_in_tile& at) noexcept {
    return at.r * stride(A, row) + at.l * stride(A, lane);
  }
  /// Elements that access A has walked in all.
  template <int A>
  static TAPELESS_INLINE int walked(const place_in_nest& at) noexcept {
    return distance<A>(at);
  }
  template <int A>
  static TAPELESS_INLINE int walked(const place_in_tile& at) noexcept {
    return distance<A>(at.tile) + distance<A>(at);
  }

  /// Whether an access reaches memory: that of a position or of a random number is a walk alone.
  static consteval bool has_memory(int a) {
    for (int i = s.code_begin; i < s.code_end; ++i)
      if ((Program.code[i].what == action::position || Program.code[i].what == action::random) &&
          Program.code[i].a == a)
        return false;
    return true;
  }
};

/// How an access walks along the lanes of a vector.
struct lane_walk {
  int stride;      ///< between neighbouring lanes
  bool exact;      ///< nothing beyond the last lane inside may be touched
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
