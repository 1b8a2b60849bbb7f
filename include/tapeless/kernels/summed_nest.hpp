#pragma once
// The kernel whose lanes run over what is summed: one vector of partial sums per result, added up
// across lanes at the end, several results at once where they lie side by side, in several rows
// where these share the factors of products.

#include <tapeless/kernels/reduction.hpp>

namespace tapeless::kernels {

template <const auto& Program, int S, class T, class Arch, bool Unroll>
struct summed_nest {
  using n = roles<Program, S>;
  static constexpr step s = Program.steps[S];
  using V = simd::lanes<T, static_cast<std::size_t>(s.width_in), Arch>;
  static constexpr int width = s.width_in, results = n::extent(n::lane);
  static constexpr int blocks = n::extent(n::inner) / width, tail = n::extent(n::inner) % width;
  /// One vector holds all there is to reduce: nothing to combine it with.
  static constexpr bool single = s.start < 0 && n::reduced * (blocks + (tail > 0)) == 1;

  static constexpr int full_rows = n::extent(n::row) / s.tile_rows;
  static constexpr int rest_rows = n::extent(n::row) % s.tile_rows;

  TAPELESS_CLANG_INLINE static void run(T* const* p) noexcept {
    repeat<Unroll, n::outer * full_rows, &full_row>(p);
    if constexpr (rest_rows > 0) repeat<Unroll, n::outer, &rest_row>(p);
  }

  /// Pieces that threads can divide: rows of tiles if there are several, else full groups of
  /// results.
  static constexpr bool by_rows = n::outer * full_rows > 1;
  static constexpr int pieces = by_rows ? n::outer * full_rows : results / s.width_out;

  /// The partition of one thread.
  TAPELESS_CLANG_INLINE static void run(T* const* p, partition own) noexcept {
    if constexpr (by_rows) {
      repeat_partition<pieces, &full_row>(own, p);
    } else {
      constexpr int reached = pieces * s.width_out;
      repeat_partition<pieces, &full_group<s.tile_rows, s.width_out, 0>>(own, p, place_in_nest{});
      constexpr int left = results - reached;
      if constexpr (left > 0)
        if (own.is_last()) group<s.tile_rows, lanes_for(left), left>(p, {.l = reached});
    }
    if constexpr (rest_rows > 0)
      if (own.is_last()) repeat<Unroll, n::outer, &rest_row>(p);
  }

  /// Row i of full tiles, and the rows that they leave in iteration o of the outer loops.
  TAPELESS_CLANG_INLINE static void full_row(int i, T* const* p) noexcept {
    groups<s.tile_rows, s.width_out, 0>(p, {.o = i / full_rows, .r = i % full_rows * s.tile_rows});
  }
  TAPELESS_CLANG_INLINE static void rest_row(int o, T* const* p) noexcept {
    groups<rest_rows, s.width_out, 0>(p, {.o = o, .r = full_rows * s.tile_rows});
  }
  /// Results From and on of each row, Lanes at a time, then the rest with fewer.
  template <int Rows, int Lanes, int From>
  TAPELESS_CLANG_INLINE static void groups(T* const* p, place_in_nest at) noexcept {
    constexpr int full = (results - From) / Lanes, reached = From + full * Lanes;
    if constexpr (full > 0) repeat<Unroll, full, &full_group<Rows, Lanes, From>>(p, at);
    constexpr int left = results - reached;
    if constexpr (left > 0)
      group<Rows, lanes_for(left), left>(p, {.o = at.o, .r = at.r, .l = reached});
  }
  template <int Rows, int Lanes, int From>
  TAPELESS_CLANG_INLINE static void full_group(int i, T* const* p, place_in_nest at) noexcept {
    group<Rows, Lanes>(p, {.o = at.o, .r = at.r, .l = From + i * Lanes});
  }

  /// Sums added up together for `left` results: a vector of their number or more.
  static consteval int lanes_for(int left) {
    int lanes = left == 1 ? 1 : Program.on.narrowest;
    while (lanes < left) lanes *= 2;
    return lanes;
  }

  /// Sums that run in parallel: at least eight, if there is as much to add.
  static consteval int accumulators(int sums) {
    int k = 1;
    while (k * sums < 8 && k * 2 < blocks) k *= 2;
    return k;
  }

  /// Rows x Valid results; those of a row are added up as Lanes, of which the others are 0.
  template <int Rows, int Lanes, int Valid = Lanes>
  [[gnu::flatten]] TAPELESS_CLANG_INLINE static void group(T* const* p, place_in_nest at) noexcept {
    constexpr int sums = Rows * Valid, parallel = accumulators(sums);
    V sum[parallel * sums];
    start_all<s.reduction>(sum, indices<parallel * sums>{});
    if constexpr (s.start >= 0) start_from<Rows>(p, at, sum, indices<sums>{});
    repeat<Unroll, n::reduced, &reduce<Rows, Valid>>(p, at, &sum[0]);
    add_accumulators<s.reduction, parallel, sums>(sum);
    finish_rows<Rows, Lanes, Valid>(p, at, sum, indices<Rows>{});
  }

  /// Result i of a group, whose rows follow each other: they share the load of a lane's factor.
  template <int Rows>
  static TAPELESS_INLINE place_in_nest result(place_in_nest at, int i) noexcept {
    return {at.o, at.r + i % Rows, at.l + i / Rows, at.q, at.k};
  }

  /// The first lane of each sum starts from what would be added to the finished one.
  template <int Rows, std::size_t... I>
  TAPELESS_CLANG_INLINE static void start_from(T* const* p, place_in_nest at, V* sum,
                                               std::index_sequence<I...>) noexcept {
    ((sum[I] = simd::load_partial<V, 1>(p[s.start] +
                                        n::template distance<s.start>(result<Rows>(
                                            {at.o, at.r, at.l, 0, 0}, static_cast<int>(I))))),
     ...);
  }

  /// The inner loop, in iteration q of the other reduced loops.
  template <int Rows, int Valid>
  TAPELESS_CLANG_INLINE static void reduce(int q, T* const* p, place_in_nest at, V* sum) noexcept {
    constexpr int sums = Rows * Valid, parallel = accumulators(sums);
    constexpr int full = blocks / parallel, rest = blocks % parallel;
    at.q = q;
    if constexpr (full > 0) repeat<Unroll, full, &round<Rows, Valid>>(p, at, sum);
    at.k = full * parallel * width;
    if constexpr (rest > 0) add<Rows, Valid, width>(p, at, sum, indices<rest * sums>{});
    at.k = blocks * width;
    if constexpr (tail > 0) add<Rows, Valid, tail>(p, at, sum, indices<sums>{});
  }
  /// Round k: a vector to each sum.
  template <int Rows, int Valid>
  TAPELESS_CLANG_INLINE static void round(int k, T* const* p, place_in_nest at, V* sum) noexcept {
    constexpr int parallel = accumulators(Rows * Valid);
    at.k = k * parallel * width;
    add<Rows, Valid, width>(p, at, sum, indices<parallel * Rows * Valid>{});
  }

  template <int Rows, int Lanes, int Valid, std::size_t... R>
  TAPELESS_CLANG_INLINE static void finish_rows(T* const* p, place_in_nest at, V* sum,
                                                std::index_sequence<R...>) noexcept {
    (finish<Lanes, Valid, Rows>(p, result<Rows>(at, static_cast<int>(R)), sum + R,
                                indices<Lanes>{}),
     ...);
  }
  /// The results of one row, whose sums are Apart from each other.
  template <int Lanes, int Valid, int Apart, std::size_t... I>
  TAPELESS_CLANG_INLINE static void finish(T* const* p, place_in_nest at, V* sum,
                                           std::index_sequence<I...>) noexcept {
    if constexpr (Lanes > 1) {
      using W = simd::lanes<T, static_cast<std::size_t>(Lanes), Arch>;
      const V rows[Lanes] = {(I < Valid ? sum[I < Valid ? I * Apart : 0] : V(T(0)))...};
      using after = part<Program, S, s.middle, s.code_end, W, n::lane, Valid>;
      after::run(p, at, simd::reduce_add_each(rows), typename after::all{});
    } else {
      // A long function of one number runs in a lane of a vector: it mixes bits and numbers, which
      // a scalar has in different registers.
      if constexpr (s.long_epilogue && s.reduction == reduction_kind::sum && simd::vector<V>) {
        const auto first = simd::reduce_add_to_first(sum[0]);
        using after = part<Program, S, s.middle, s.code_end, std::decay_t<decltype(first)>, -1, 1>;
        after::run(p, at, first, typename after::all{});
      } else {
        using after = part<Program, S, s.middle, s.code_end, T, -1, 1>;
        after::run(p, at, reduced_lanes<s.reduction>(sum[0]), typename after::all{});
      }
    }
  }

  /// Adds vectors of elements or products: sum I belongs to result I % (Rows * Results) and to
  /// vector I / (Rows * Results) from here; lanes beyond Valid add nothing.
  template <int Rows, int Results, int Valid, std::size_t... I>
  TAPELESS_CLANG_INLINE static void add(T* const* p, place_in_nest at, V* sum,
                                        std::index_sequence<I...>) noexcept {
    constexpr int sums = Rows * Results;
    ((sum[I] = added<Valid>(
          p,
          result<Rows>({at.o, at.r, at.l, at.q, at.k + static_cast<int>(I) / sums * width},
                       static_cast<int>(I) % sums),
          sum[I])),
     ...);
  }
  template <int Valid>
  TAPELESS_CLANG_INLINE static V added(T* const* p, place_in_nest at, V sum) noexcept {
    constexpr bool product = s.product && Valid == width;
    if constexpr (product) {
      constexpr int a = Program.code[s.code_begin].a, b = Program.code[s.code_begin + 1].a;
      return math::fma(load_lanes<walk_of<Program, S>(a, n::inner), V, width, T>(
                           p[a] + n::template distance<a>(at)),
                       load_lanes<walk_of<Program, S>(b, n::inner), V, width, T>(
                           p[b] + n::template distance<b>(at)),
                       sum);
    } else {
      using before = part<Program, S, s.code_begin, s.middle, V, n::inner, Valid>;
      V e = before::run(p, at, V(T(0)), typename before::all{});
      if constexpr (Valid < width)
        e = simd::keep_first<static_cast<std::size_t>(Valid)>(e, start<s.reduction, V>());
      if constexpr (single)
        return e;
      else
        return combine<s.reduction>(sum, e);
    }
  }
};

}  // namespace tapeless::kernels
