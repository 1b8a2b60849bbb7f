#pragma once
// The kernel whose lanes run over what is summed: one vector of partial sums per result, added up
// across lanes at the end, several results at once where they lie side by side.

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

  TAPELESS_CLANG_INLINE static void run(T* const* p) noexcept {
    repeat<Unroll, n::outer, &all_groups>(p);
  }

  /// Pieces that threads can divide: iterations of the outer loops, else full groups of results.
  static constexpr int pieces = n::outer > 1 ? n::outer : results / s.width_out;

  /// The partition of one thread.
  TAPELESS_CLANG_INLINE static void run(T* const* p, partition own) noexcept {
    if constexpr (n::outer > 1) {
      repeat_partition<pieces, &all_groups>(own, p);
    } else {
      constexpr int reached = pieces * s.width_out;
      repeat_partition<pieces, &full_group<s.width_out, 0>>(own, p, 0);
      constexpr int left = results - reached;
      if constexpr (left > 0)
        if (own.is_last()) group<rows_for(left), left>(p, {.l = reached});
    }
  }

  TAPELESS_CLANG_INLINE static void all_groups(int o, T* const* p) noexcept {
    groups<s.width_out, 0>(p, o);
  }
  /// Results From and on, Rows at a time, then the rest with fewer.
  template <int Rows, int From>
  TAPELESS_CLANG_INLINE static void groups(T* const* p, int o) noexcept {
    constexpr int full = (results - From) / Rows, reached = From + full * Rows;
    if constexpr (full > 0) repeat<Unroll, full, &full_group<Rows, From>>(p, o);
    constexpr int left = results - reached;
    if constexpr (left > 0) group<rows_for(left), left>(p, {.o = o, .l = reached});
  }
  template <int Rows, int From>
  TAPELESS_CLANG_INLINE static void full_group(int i, T* const* p, int o) noexcept {
    group<Rows>(p, {.o = o, .l = From + i * Rows});
  }

  /// Sums added up together for `left` results: a vector of their number or more.
  static consteval int rows_for(int left) {
    int rows = left == 1 ? 1 : Program.on.narrowest;
    while (rows < left) rows *= 2;
    return rows;
  }

  /// Sums that run in parallel: at least eight, if there is as much to add.
  static consteval int accumulators(int rows) {
    int k = 1;
    while (k * rows < 8 && k * 2 < blocks) k *= 2;
    return k;
  }

  /// Valid results, added up as Rows of which the others are 0.
  template <int Rows, int Valid = Rows>
  [[gnu::flatten]] TAPELESS_CLANG_INLINE static void group(T* const* p, place_in_nest at) noexcept {
    constexpr int parallel = accumulators(Valid);
    V sum[parallel * Valid];
    start_all<s.reduction>(sum, indices<parallel * Valid>{});
    if constexpr (s.start >= 0) start_from(p, at, sum, indices<Valid>{});
    repeat<Unroll, n::reduced, &reduce<Valid>>(p, at, &sum[0]);
    add_accumulators<s.reduction, parallel, Valid>(sum);
    finish<Rows, Valid>(p, at, sum, indices<Rows>{});
  }

  /// The first lane of each sum starts from what would be added to the finished one.
  template <std::size_t... I>
  TAPELESS_CLANG_INLINE static void start_from(T* const* p, place_in_nest at, V* sum,
                                               std::index_sequence<I...>) noexcept {
    ((sum[I] = simd::load_partial<V, 1>(p[s.start] +
                                        n::template distance<s.start>(place_in_nest{
                                            at.o, at.r, at.l + static_cast<int>(I), 0, 0}))),
     ...);
  }

  /// The inner loop, in iteration q of the other reduced loops.
  template <int Valid>
  TAPELESS_CLANG_INLINE static void reduce(int q, T* const* p, place_in_nest at, V* sum) noexcept {
    constexpr int parallel = accumulators(Valid), full = blocks / parallel,
                  rest = blocks % parallel;
    at.q = q;
    if constexpr (full > 0) repeat<Unroll, full, &round<Valid>>(p, at, sum);
    at.k = full * parallel * width;
    if constexpr (rest > 0) add<Valid, width>(p, at, sum, indices<rest * Valid>{});
    at.k = blocks * width;
    if constexpr (tail > 0) add<Valid, tail>(p, at, sum, indices<Valid>{});
  }
  /// Round k: a vector to each sum.
  template <int Valid>
  TAPELESS_CLANG_INLINE static void round(int k, T* const* p, place_in_nest at, V* sum) noexcept {
    at.k = k * accumulators(Valid) * width;
    add<Valid, width>(p, at, sum, indices<accumulators(Valid) * Valid>{});
  }

  template <int Rows, int Valid, std::size_t... I>
  TAPELESS_CLANG_INLINE static void finish(T* const* p, place_in_nest at, V* sum,
                                           std::index_sequence<I...>) noexcept {
    if constexpr (Rows > 1) {
      using W = simd::lanes<T, static_cast<std::size_t>(Rows), Arch>;
      const V rows[Rows] = {(I < Valid ? sum[I < Valid ? I : 0] : V(T(0)))...};
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

  /// Adds vectors of elements or products: sum I belongs to row I % Rows and to vector I / Rows
  /// from here; lanes beyond Valid add nothing.
  template <int Rows, int Valid, std::size_t... I>
  TAPELESS_CLANG_INLINE static void add(T* const* p, place_in_nest at, V* sum,
                                        std::index_sequence<I...>) noexcept {
    ((sum[I] = added<Valid>(p,
                            {at.o, 0, at.l + static_cast<int>(I) % Rows, at.q,
                             at.k + static_cast<int>(I) / Rows * width},
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
