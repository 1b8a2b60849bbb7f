#pragma once
// The kernel: one loop nest, for every elementwise step, reduction and matrix product. Its shape is
// in the plan; here it becomes register tiles, unrolled or inside loops of constant trip count.
//
// Every function here is paid for by the compiler once per kernel. Down to a tile it inlines them
// all at once (core/config.hpp); a tile is what it optimises before that.

#include <tapeless/kernels/row_nest.hpp>
#include <tapeless/kernels/summed_nest.hpp>
#include <tapeless/kernels/transposition.hpp>

namespace tapeless::kernels {

/// Lanes over results, or scalars: tiles of rows times vectors, each with its own sums.
template <const auto& Program, int S, class T, class Arch, bool Unroll>
struct tiled_nest {
  using n = roles<Program, S>;
  static constexpr step s = Program.steps[S];
  using V = simd::lanes<T, static_cast<std::size_t>(s.width_out), Arch>;
  using accesses = indices<s.access_end - s.access_begin>;
  static constexpr int width = s.width_out;
  static constexpr int blocks = n::extent(n::lane) / width, tail = n::extent(n::lane) % width;
  static constexpr int full_lanes = blocks / s.tile_lanes;
  static constexpr int rest_lanes = blocks % s.tile_lanes + (tail > 0);
  static constexpr int full_rows = n::extent(n::row) / s.tile_rows;
  static constexpr int rest_rows = n::extent(n::row) % s.tile_rows;

  TAPELESS_CLANG_INLINE static void run(T* const* p) noexcept {
    repeat<Unroll, n::outer * full_rows, &full_row>(p);
    if constexpr (rest_rows > 0) repeat<Unroll, n::outer, &rest_row>(p);
  }

  /// Pieces that threads can divide: rows of tiles if there are several, else tiles of one row.
  static constexpr bool by_rows = n::outer * full_rows > 1;
  static constexpr int pieces = by_rows ? n::outer * full_rows : full_lanes;

  /// The partition of one thread.
  TAPELESS_CLANG_INLINE static void run(T* const* p, partition own) noexcept {
    if constexpr (by_rows) {
      repeat_partition<pieces, &full_row>(own, p);
      if constexpr (rest_rows > 0)
        if (own.is_last()) repeat<Unroll, n::outer, &rest_row>(p);
    } else {
      repeat_partition<pieces, &full_tile<s.tile_rows>>(own, p, place_in_nest{});
      if (own.is_last()) {
        if constexpr (rest_lanes > 0) rest_tile<s.tile_rows>(p, {});
        if constexpr (rest_rows > 0) rest_row(0, p);
      }
    }
  }

  /// Row i of full tiles, and the rows that they leave in iteration o of the outer loops.
  TAPELESS_CLANG_INLINE static void full_row(int i, T* const* p) noexcept {
    row_of_tiles<s.tile_rows>(p, {.o = i / full_rows, .r = i % full_rows * s.tile_rows});
  }
  TAPELESS_CLANG_INLINE static void rest_row(int o, T* const* p) noexcept {
    row_of_tiles<rest_rows>(p, {.o = o, .r = full_rows * s.tile_rows});
  }
  template <int Rows>
  TAPELESS_CLANG_INLINE static void row_of_tiles(T* const* p, place_in_nest at) noexcept {
    if constexpr (full_lanes > 0) repeat<Unroll, full_lanes, &full_tile<Rows>>(p, at);
    if constexpr (rest_lanes > 0) rest_tile<Rows>(p, at);
  }

  /// Tile i of a row, and the lanes that full tiles leave.
  template <int Rows>
  TAPELESS_CLANG_INLINE static void full_tile(int i, T* const* p, place_in_nest at) noexcept {
    tile<Rows, s.tile_lanes, width>(p, {at.o, at.r, i * s.tile_lanes * width, 0, 0}, accesses{});
  }
  template <int Rows>
  TAPELESS_CLANG_INLINE static void rest_tile(T* const* p, place_in_nest at) noexcept {
    tile<Rows, rest_lanes, (tail > 0 ? tail : width)>(
        p, {at.o, at.r, full_lanes * s.tile_lanes * width, 0, 0}, accesses{});
  }

  /// Rounds of the inner loop that feed every accumulator, and what they leave.
  static constexpr int rounds = n::extent(n::inner) / s.accumulators;
  static constexpr int rest_accumulators = n::extent(n::inner) % s.accumulators;

  /// Whether the inner loop is a loop of its own, inside of one over the other reduced loops. One
  /// loop over all of them divides its counter in each round, some twenty instructions, which only
  /// a round of many vectors hides.
  static constexpr int bytes_of_round =
      s.tile_rows * s.tile_lanes * s.accumulators * width * static_cast<int>(sizeof(T));
  static constexpr bool loops_apart =
      !Unroll && n::reduced > 1 && rounds > 1 && bytes_of_round < 768;
  /// A short inner loop is written out: processors guess the end of one that ends so often wrongly.
  static constexpr bool writes_inner_out = rounds < 8;

  /// Rows x Vectors results; of the last vector, Valid lanes are inside. Pointers move to the tile
  /// at once: within it an operand is at a constant distance, which is little to write out.
  template <int Rows, int Vectors, int Valid, std::size_t... A>
  [[gnu::flatten]] TAPELESS_CLANG_INLINE static void tile(T* const* p, place_in_nest at,
                                                          std::index_sequence<A...>) noexcept {
    const auto others = n::template others_at<0>(at.o, parallel_loops{});
    T* const own[] = {moved<static_cast<int>(A)>(p, at, others, parallel_loops{})..., nullptr};
    constexpr int sums = Rows * Vectors;
    V sum[s.accumulators * sums];
    if constexpr (s.reduction != reduction_kind::none) {
      start_all<s.reduction>(sum, indices<s.accumulators * sums>{});
      if constexpr (s.start >= 0) start_from<Vectors, Valid>(&own[0], sum, indices<sums>{});
      if constexpr (loops_apart)
        repeat<false, n::reduced, &reduce_inner<Rows, Vectors, Valid>>(&own[0], at, &sum[0]);
      else
        repeat<Unroll, n::reduced * rounds, &reduce<Rows, Vectors, Valid>>(&own[0], at, &sum[0]);
      if constexpr (rest_accumulators > 0)
        repeat<Unroll, n::reduced, &reduce_rest<Rows, Vectors, Valid>>(&own[0], at, &sum[0]);
      add_accumulators<s.reduction, s.accumulators, sums>(sum);
    }
    if constexpr (finishes_by_rows<Rows>) {
      V finished[sums];  // in memory, which the sums above must not be
      copy_all(finished, sum, indices<sums>{});
      repeat<false, Rows, &finish_row<Vectors, Valid>>(&own[0], at, &finished[0]);
    } else {
      finish<Vectors, Valid>(&own[0], place_in_tile{at}, sum, indices<sums>{});
    }
  }
  using parallel_loops = typename n::parallel_loops;
  template <int A, std::size_t... L>
  static TAPELESS_INLINE T* moved(T* const* p, const place_in_nest& at,
                                  const loop_indices<sizeof...(L)>& others,
                                  std::index_sequence<L...> loops) noexcept {
    if constexpr (n::has_memory(A))
      return p[A] + n::template walk_of_results<A>(at, others, loops);
    else
      return p[A];
  }

  /// Whether a loop over the rows of a tile finishes it: the epilogue is compiled for one row then,
  /// not for all. Where sums are long, it takes no time to store them and load them once more.
  static constexpr int epilogue = s.code_end - s.middle;
  static constexpr int summands = n::reduced * n::extent(n::inner);
  static constexpr bool is_long =
      s.reduction != reduction_kind::none && summands >= 2048 / epilogue;
  template <int Rows>
  static constexpr bool finishes_by_rows = !Unroll && Rows > 1 && is_long;

  /// Lanes of result i of a tile that are inside.
  template <int Vectors, int Valid>
  static consteval int lanes_of(std::size_t i) {
    return static_cast<int>(i) % Vectors + 1 < Vectors ? width : Valid;
  }

  /// The first accumulator starts from what would be added to the finished sum.
  template <int Vectors, int Valid, std::size_t... I>
  TAPELESS_CLANG_INLINE static void start_from(T* const* own, V* sum,
                                               std::index_sequence<I...>) noexcept {
    ((sum[I] = load_lanes<walk_of<Program, S>(s.start, n::lane), V, lanes_of<Vectors, Valid>(I), T>(
          own[s.start] + (static_cast<int>(I) / Vectors * n::stride(s.start, n::row) +
                          static_cast<int>(I) % Vectors * width * n::stride(s.start, n::lane)))),
     ...);
  }

  template <int Vectors, int Valid>
  TAPELESS_CLANG_INLINE static void finish_row(int r, T* const* own, place_in_nest at,
                                               V* sum) noexcept {
    finish<Vectors, Valid>(own, {at, r, 0}, sum + r * Vectors, indices<Vectors>{});
  }
  template <int Vectors, int Valid, std::size_t... I>
  TAPELESS_CLANG_INLINE static void finish(T* const* own, const place_in_tile& at, V* sum,
                                           std::index_sequence<I...>) noexcept {
    ((separate<(I > 0)>(sum[I]),
      part<Program, S, s.middle, s.code_end, V, n::lane, lanes_of<Vectors, Valid>(I)>::run(
          own,
          place_in_tile{at.tile, at.r + static_cast<int>(I) / Vectors,
                        static_cast<int>(I) % Vectors * width},
          sum[I], indices<epilogue>{})),
     ...);
  }
  /// A long part begins after the one before it.
  template <bool Follows>
  static TAPELESS_INLINE void separate(V& sum) noexcept {
    constexpr bool alone = n::outer * n::extent(n::row) * (blocks + (tail > 0)) == 1;
    if constexpr (s.long_epilogue && !alone) {
      if constexpr (s.reduction == reduction_kind::none)
        asm volatile("" : : : "memory");
      else if constexpr (Follows)
        simd::start_here(sum);
    }
  }

  /// Round i: as many iterations of the inner loop as there are accumulators.
  template <int Rows, int Vectors, int Valid>
  TAPELESS_CLANG_INLINE static void reduce(int i, T* const* own, place_in_nest at,
                                           V* sum) noexcept {
    at.q = n::reduced == 1 ? 0 : i / rounds;
    at.k = (n::reduced == 1 ? i : i % rounds) * s.accumulators;
    // Loads stay with what uses them: a scheduler that collects them first spills registers.
    if constexpr (Unroll && n::reduced * rounds > 1) asm volatile("" : : : "memory");
    move_to<&add_each<Rows, Vectors, Valid, s.accumulators>>(own, at, sum, accesses{});
  }
  /// The iterations that are left, in iteration q of the other reduced loops.
  template <int Rows, int Vectors, int Valid>
  TAPELESS_CLANG_INLINE static void reduce_rest(int q, T* const* own, place_in_nest at,
                                                V* sum) noexcept {
    at.q = q;
    at.k = rounds * s.accumulators;
    move_to<&add_each<Rows, Vectors, Valid, rest_accumulators>>(own, at, sum, accesses{});
  }
  /// All rounds of the inner loop, in iteration q of the other reduced loops. What they leave
  /// follows behind all of them, so that sums are added up in the order of code that is written
  /// out.
  template <int Rows, int Vectors, int Valid>
  TAPELESS_CLANG_INLINE static void reduce_inner(int q, T* const* own, place_in_nest at,
                                                 V* sum) noexcept {
    at.q = q;
    move_to<&add_rounds<Rows, Vectors, Valid>>(own, at, sum, accesses{});
  }

  /// Body with pointers at iteration q of the other reduced loops.
  template <auto Body, std::size_t... A>
  TAPELESS_CLANG_INLINE static void move_to(T* const* own, place_in_nest at, V* sum,
                                            std::index_sequence<A...>) noexcept {
    if constexpr (n::reduced == 1) {
      Body(own, at, sum);
    } else {
      const auto others = n::template others_at<s.parallel>(at.q, reduced_loops{});
      T* const here[] = {reduced_at<static_cast<int>(A)>(own, others, reduced_loops{})..., nullptr};
      Body(&here[0], at, sum);
    }
  }
  template <int Rows, int Vectors, int Valid>
  TAPELESS_CLANG_INLINE static void add_rounds(T* const* here, place_in_nest at, V* sum) noexcept {
    repeat<writes_inner_out, rounds, &add_round<Rows, Vectors, Valid>>(here, at, sum);
  }
  template <int Rows, int Vectors, int Valid>
  TAPELESS_CLANG_INLINE static void add_round(int i, T* const* here, place_in_nest at,
                                              V* sum) noexcept {
    at.k = i * s.accumulators;
    if constexpr (writes_inner_out) asm volatile("" : : : "memory");
    add_each<Rows, Vectors, Valid, s.accumulators>(here, at, sum);
  }
  /// The elements of Count consecutive iterations of the inner loop, each to an accumulator of its
  /// own.
  template <int Rows, int Vectors, int Valid, int Count>
  TAPELESS_CLANG_INLINE static void add_each(T* const* here, place_in_nest at, V* sum) noexcept {
    add_consecutive<Rows, Vectors, Valid>(here, at, sum, indices<Count>{});
  }
  template <int Rows, int Vectors, int Valid, std::size_t... C>
  TAPELESS_CLANG_INLINE static void add_consecutive(T* const* here, place_in_nest at, V* sum,
                                                    std::index_sequence<C...>) noexcept {
    (add<Rows, Vectors, Valid>(here, {at.o, at.r, at.l, at.q, at.k + static_cast<int>(C)},
                               sum + static_cast<int>(C) * Rows * Vectors, accesses{}),
     ...);
  }
  using reduced_loops = typename n::reduced_loops;
  template <int A, std::size_t... L>
  static TAPELESS_INLINE T* reduced_at(T* const* own, const loop_indices<sizeof...(L)>& others,
                                       std::index_sequence<L...> loops) noexcept {
    if constexpr (n::has_memory(A) && is_in_prologue(A))
      return own[A] + n::template walk_of_reduced<A>(others, loops);
    else
      return own[A];
  }
  static consteval bool is_in_prologue(int a) {
    for (int i = s.code_begin; i < s.middle; ++i)
      if (Program.code[i].what == action::load && Program.code[i].a == a) return true;
    return false;
  }

  /// Whether factor a is the same for every row, and b for every lane.
  static consteval bool shares(int a, int b) {
    return n::stride(a, n::row) == 0 && n::stride(b, n::lane) == 0;
  }

  /// Whether the factor of rows is the caller's data, in rows long enough to prefetch those of the
  /// next tile while these are multiplied: hardware prefetchers follow one stream, not as many as a
  /// tile has rows.
  static consteval bool is_prefetched(int a) {
    return n::of(a).where == place::input && n::stride(a, n::inner) == 1 &&
           n::extent(n::inner) >= 64;
  }

  /// Adds one element (or product) to each sum of a tile.
  template <int Rows, int Vectors, int Valid, std::size_t... A>
  TAPELESS_CLANG_INLINE static void add(T* const* here, place_in_nest at, V* sum,
                                        std::index_sequence<A...>) noexcept {
    constexpr bool product = s.product;
    constexpr int a = product ? Program.code[s.code_begin].a : 0;
    constexpr int b = product ? Program.code[s.code_begin + 1].a : 0;
    if constexpr (product && (shares(a, b) || shares(b, a))) {
      constexpr int x = shares(a, b) ? a : b, y = shares(a, b) ? b : a;
      const T* const rows = here[y] + at.k * n::stride(y, n::inner);
      if constexpr (Rows > 1 && is_prefetched(y))
        if (at.l == 0)
          __builtin_prefetch(rows + Rows * n::stride(y, n::row) + at.k * (Rows - 1), 0, 2);
      multiply<walk_of<Program, S>(x, n::lane), V, Vectors, Valid, T>(
          here[x] + at.k * n::stride(x, n::inner), rows, n::stride(y, n::row), sum,
          indices<Vectors>{}, indices<Rows>{});
    } else {
      T* const element[] = {in_iteration<static_cast<int>(A)>(here, at.k)..., nullptr};
      add_elements<Vectors, Valid>(&element[0], at, sum, indices<Rows * Vectors>{});
    }
  }
  template <int A>
  static TAPELESS_INLINE T* in_iteration(T* const* here, int k) noexcept {
    if constexpr (n::has_memory(A) && is_in_prologue(A))
      return here[A] + k * n::stride(A, n::inner);
    else
      return here[A];
  }
  template <int Vectors, int Valid, std::size_t... I>
  TAPELESS_CLANG_INLINE static void add_elements(T* const* element, const place_in_nest& at, V* sum,
                                                 std::index_sequence<I...>) noexcept {
    ((sum[I] = combine<s.reduction>(
          sum[I],
          part<Program, S, s.code_begin, s.middle, V, n::lane, lanes_of<Vectors, Valid>(I)>::run(
              element,
              place_in_tile{at, static_cast<int>(I) / Vectors,
                            static_cast<int>(I) % Vectors * width},
              simd::zero<V>(), indices<s.middle - s.code_begin>{}))),
     ...);
  }
};

namespace detail {

template <const auto& Program, int S, class T, class Arch, bool Unroll>
consteval auto choose_kernel() {
  constexpr kernel_form form = Program.steps[S].form;
  if constexpr (form == kernel_form::transposed)
    return std::type_identity<transposition<Program, S, T, Arch, Unroll>>{};
  else if constexpr (form == kernel_form::rows)
    return std::type_identity<row_nest<Program, S, T, Arch, Unroll>>{};
  else if constexpr (form == kernel_form::summed)
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

}  // namespace tapeless::kernels
