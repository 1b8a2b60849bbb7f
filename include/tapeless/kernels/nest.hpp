#pragma once
// The kernel: one loop nest, for every elementwise step, reduction and matrix product. Its shape is
// in the plan; here it becomes register tiles, unrolled or inside loops of constant trip count.
//
// Functions here are few and long on purpose: every level of inlining is paid for by the compiler
// once per kernel.

#include <tapeless/kernels/summed_nest.hpp>
#include <tapeless/kernels/transposition.hpp>

namespace tapeless::kernels {

/// Lanes over results, or scalars: tiles of rows times vectors, each with its own sums.
template <const auto& Program, int S, class T, class Arch, bool Unroll>
struct tiled_nest {
  using n = roles<Program, S>;
  static constexpr step s = Program.steps[S];
  using V = simd::lanes<T, static_cast<std::size_t>(s.width_out), Arch>;
  static constexpr int width = s.width_out;
  static constexpr int blocks = n::extent(n::lane) / width, tail = n::extent(n::lane) % width;
  static constexpr int full_lanes = blocks / s.tile_lanes;
  static constexpr int rest_lanes = blocks % s.tile_lanes + (tail > 0);
  static constexpr int full_rows = n::extent(n::row) / s.tile_rows;
  static constexpr int rest_rows = n::extent(n::row) % s.tile_rows;

  static TAPELESS_INLINE void run(T* const* p) noexcept {
    constexpr int count = n::outer * full_rows;
    if constexpr (count == 1)
      row_of_tiles<s.tile_rows>(p, {});
    else
      repeat<Unroll, count>([p](int i) __attribute__((always_inline)) {
        row_of_tiles<s.tile_rows>(p, {.o = i / full_rows, .r = i % full_rows * s.tile_rows});
      });
    if constexpr (rest_rows > 0)
      repeat<Unroll, n::outer>([p](int o) __attribute__((always_inline)) {
        row_of_tiles<rest_rows>(p, {.o = o, .r = full_rows * s.tile_rows});
      });
  }

  /// Pieces that threads can divide: rows of tiles if there are several, else tiles of one row.
  static constexpr bool by_rows = n::outer * full_rows > 1;
  static constexpr int pieces = by_rows ? n::outer * full_rows : full_lanes;

  /// The share of one thread.
  static TAPELESS_INLINE void run(T* const* p, share own) noexcept {
    if constexpr (by_rows) {
      repeat_share<pieces>(
          own, [p](int i) __attribute__((always_inline)) {
            row_of_tiles<s.tile_rows>(p, {.o = i / full_rows, .r = i % full_rows * s.tile_rows});
          });
      if constexpr (rest_rows > 0)
        if (own.is_last())
          repeat<Unroll, n::outer>([p](int o) __attribute__((always_inline)) {
            row_of_tiles<rest_rows>(p, {.o = o, .r = full_rows * s.tile_rows});
          });
    } else {
      repeat_share<pieces>(
          own, [p](int i) __attribute__((always_inline)) {
            tile<s.tile_rows, s.tile_lanes, width>(p, {.l = i * s.tile_lanes * width});
          });
      if (own.is_last()) {
        if constexpr (rest_lanes > 0)
          tile<s.tile_rows, rest_lanes, (tail > 0 ? tail : width)>(
              p, {.l = full_lanes * s.tile_lanes * width});
        if constexpr (rest_rows > 0) row_of_tiles<rest_rows>(p, {.r = full_rows * s.tile_rows});
      }
    }
  }

  template <int Rows>
  static TAPELESS_INLINE void row_of_tiles(T* const* p, place_in_nest at) noexcept {
    if constexpr (full_lanes == 1)
      tile<Rows, s.tile_lanes, width>(p, at);
    else if constexpr (full_lanes > 1)
      repeat<Unroll, full_lanes>([ p, at ](int i) __attribute__((always_inline)) {
        tile<Rows, s.tile_lanes, width>(p, {at.o, at.r, i * s.tile_lanes * width, 0, 0});
      });
    if constexpr (rest_lanes > 0)
      tile<Rows, rest_lanes, (tail > 0 ? tail : width)>(
          p, {at.o, at.r, full_lanes * s.tile_lanes * width, 0, 0});
  }

  /// Rows x Vectors results; of the last vector, Valid lanes are inside.
  template <int Rows, int Vectors, int Valid>
  static TAPELESS_INLINE void tile(T* const* p, place_in_nest at) noexcept {
    constexpr int sums = Rows * Vectors;
    V sum[s.chains * sums];
    if constexpr (s.fold != folding::none) {
      start_all<s.fold>(sum, indices<s.chains * sums>{});
      if constexpr (s.start >= 0) start_from<Vectors, Valid>(p, at, sum, indices<sums>{});
      constexpr int full = n::extent(n::inner) / s.chains, rest = n::extent(n::inner) % s.chains;
      repeat<Unroll, n::reduced * full>([&](int i) __attribute__((always_inline)) {
        at.q = n::reduced == 1 ? 0 : i / full;
        at.k = (n::reduced == 1 ? i : i % full) * s.chains;
        // Loads stay with what uses them: a scheduler that collects them first spills registers.
        if constexpr (Unroll && n::reduced * full > 1) asm volatile("" : : : "memory");
        add_all<Rows, Vectors, Valid>(p, at, sum, indices<s.chains>{});
      });
      if constexpr (rest > 0)
        repeat<Unroll, n::reduced>([&](int q) __attribute__((always_inline)) {
          at.q = q;
          at.k = full * s.chains;
          add_all<Rows, Vectors, Valid>(p, at, sum, indices<rest>{});
        });
      add_chains<s.fold, s.chains, sums>(sum);
      at.q = at.k = 0;
    }
    finish<Vectors, Valid>(p, at, sum, indices<sums>{});
  }

  /// The first chain starts from what would be added to the finished sum.
  template <int Vectors, int Valid, std::size_t... I>
  static TAPELESS_INLINE void start_from(T* const* p, place_in_nest at, V* sum,
                                         std::index_sequence<I...>) noexcept {
    ((sum[I] = start_of<Vectors, Valid, static_cast<int>(I)>(p, at)), ...);
  }
  template <int Vectors, int Valid, int I>
  static TAPELESS_INLINE V start_of(T* const* p, place_in_nest at) noexcept {
    at.r += I / Vectors;
    at.l += I % Vectors * width;
    return load_lanes<walk_of<Program, S>(s.start, n::lane), V,
                      (I % Vectors + 1 < Vectors ? width : Valid), T>(
        p[s.start] + n::template distance<s.start>(at));
  }

  template <int Vectors, int Valid, std::size_t... I>
  static TAPELESS_INLINE void finish(T* const* p, place_in_nest at, V* sum,
                                     std::index_sequence<I...>) noexcept {
    (finish_one<Vectors, Valid, static_cast<int>(I)>(p, at, sum[I]), ...);
  }
  template <int Vectors, int Valid, int I>
  static TAPELESS_INLINE void finish_one(T* const* p, place_in_nest at, V& sum) noexcept {
    constexpr bool alone = n::outer * n::extent(n::row) * (blocks + (tail > 0)) == 1;
    if constexpr (is_long<Program, S>() && !alone) {
      if constexpr (s.fold == folding::none)
        asm volatile("" : : : "memory");
      else if constexpr (I > 0)
        simd::start_here(sum);
    }
    run_part<s.middle, s.code_end, Vectors, Valid, I>(p, at, sum);
  }

  /// One part for result I of a tile.
  template <int Begin, int End, int Vectors, int Valid, int I>
  static TAPELESS_INLINE V run_part(T* const* p, place_in_nest at, V folded) noexcept {
    using own =
        part<Program, S, Begin, End, V, n::lane, (I % Vectors + 1 < Vectors ? width : Valid)>;
    at.r += I / Vectors;
    at.l += I % Vectors * width;
    return own::run(p, at, folded, typename own::all{});
  }

  /// Whether factor a is the same for every row, and b for every lane.
  static consteval bool shares(int a, int b) {
    return n::stride(a, n::row) == 0 && n::stride(b, n::lane) == 0;
  }

  /// The elements of consecutive iterations of the inner loop, each to its own chain of sums.
  template <int Rows, int Vectors, int Valid, std::size_t... C>
  static TAPELESS_INLINE void add_all(T* const* p, place_in_nest at, V* sum,
                                      std::index_sequence<C...>) noexcept {
    (add<Rows, Vectors, Valid>(p, {at.o, at.r, at.l, at.q, at.k + static_cast<int>(C)},
                               sum + static_cast<int>(C) * Rows * Vectors),
     ...);
  }

  /// Adds one element (or product) to each sum of a tile.
  template <int Rows, int Vectors, int Valid>
  static TAPELESS_INLINE void add(T* const* p, place_in_nest at, V* sum) noexcept {
    constexpr bool product = is_product<Program, S>();
    constexpr int a = product ? Program.code[s.code_begin].a : 0;
    constexpr int b = product ? Program.code[s.code_begin + 1].a : 0;
    if constexpr (product && (shares(a, b) || shares(b, a))) {
      constexpr int x = shares(a, b) ? a : b, y = shares(a, b) ? b : a;
      multiply<walk_of<Program, S>(x, n::lane), V, Vectors, Valid, T>(
          p[x] + n::template distance<x>(at), p[y] + n::template distance<y>(at),
          n::stride(y, n::row), sum, indices<Vectors>{}, indices<Rows * Vectors>{});
    } else {
      add_elements<Vectors, Valid>(p, at, sum, indices<Rows * Vectors>{});
    }
  }
  template <int Vectors, int Valid, std::size_t... I>
  static TAPELESS_INLINE void add_elements(T* const* p, place_in_nest at, V* sum,
                                           std::index_sequence<I...>) noexcept {
    ((sum[I] = combine<s.fold>(
          sum[I],
          run_part<s.code_begin, s.middle, Vectors, Valid, static_cast<int>(I)>(p, at, V(T(0))))),
     ...);
  }
};

namespace detail {

template <const auto& Program, int S, class T, class Arch, bool Unroll>
consteval auto choose_kernel() {
  if constexpr (turned_loop<Program, S>() >= 0)
    return std::type_identity<transposition<Program, S, T, Arch, Unroll>>{};
  else if constexpr (roles<Program, S>::summed)
    return std::type_identity<summed_nest<Program, S, T, Arch, Unroll>>{};
  else
    return std::type_identity<tiled_nest<Program, S, T, Arch, Unroll>>{};
}

}  // namespace detail

/// The kernel of step S.
template <const auto& Program, int S, class T, class Arch, bool Unroll>
using kernel_of = typename decltype(detail::choose_kernel<Program, S, T, Arch, Unroll>())::type;

/// Pieces that threads can divide a step's work into.
template <const auto& Program, int S, class T, class Arch>
inline constexpr int pieces_of = kernel_of<Program, S, T, Arch, false>::pieces;

/// One thread's share of the kernel of step S.
template <const auto& Program, int S, class T, class Arch>
TAPELESS_INLINE void run_share(T* const* p, share own) noexcept {
  kernel_of<Program, S, T, Arch, false>::run(p, own);
}

/// The kernel of step S, inlined into the caller.
template <const auto& Program, int S, class T, class Arch, bool Unroll>
TAPELESS_INLINE void run_nest(T* const* p) noexcept {
  kernel_of<Program, S, T, Arch, Unroll>::run(p);
}

}  // namespace tapeless::kernels
