#pragma once
// Pieces that both forms of the kernel share: loops, sums, products.

#include <tapeless/kernels/part.hpp>

namespace tapeless::kernels {

/// Calls Body(0, a...), ..., Body(N - 1, a...), unrolled or as a loop.
template <bool Unroll, int N, auto Body, class... Arguments>
TAPELESS_CLANG_INLINE inline void repeat(Arguments... a) noexcept {
  if constexpr (N == 1) {
    Body(0, a...);
  } else if constexpr (Unroll) {
#pragma GCC unroll 65534
    for (int i = 0; i < N; ++i) Body(i, a...);
  } else {
#pragma GCC unroll 1
    for (int i = 0; i < N; ++i) Body(i, a...);
  }
}

/// The same for the part of 0, ..., N - 1 that a thread has.
template <int N, auto Body, class... Arguments>
TAPELESS_CLANG_INLINE inline void repeat_partition(partition own, Arguments... a) noexcept {
  const int end = own.end_of(N);
#pragma GCC unroll 1
  for (int i = own.first_of(N); i < end; ++i) Body(i, a...);
}

/// What a sum, or a maximum, starts from.
template <reduction_kind Kind, class V>
TAPELESS_INLINE V start() noexcept {
  using T = scalar_of<V>;
  if constexpr (is_maximum(Kind))
    return V(-detail::limits<T>::infinity);
  else
    return simd::zero<V>();
}

template <reduction_kind Kind, class V>
TAPELESS_INLINE V combine(V a, V b) noexcept {
  if constexpr (Kind == reduction_kind::maximum)
    return math::max(a, b);
  else if constexpr (Kind == reduction_kind::maximum_of_numbers)
    return math::max_of_numbers(a, b);
  else
    return a + b;
}

/// 0, ..., N - 1 as a pack: tiles are written out by the front end, so that their sums are
/// registers from the first pass of the optimiser on.
template <int N>
using indices = std::make_index_sequence<static_cast<std::size_t>(N)>;

template <reduction_kind Kind, class V, std::size_t... I>
TAPELESS_INLINE void start_all(V* sum, std::index_sequence<I...>) noexcept {
  ((sum[I] = start<Kind, V>()), ...);
}

template <reduction_kind Kind, class V, std::size_t... I>
TAPELESS_INLINE void combine_all(V* sum, const V* more, std::index_sequence<I...>) noexcept {
  ((sum[I] = combine<Kind>(sum[I], more[I])), ...);
}

template <class V, std::size_t... I>
TAPELESS_INLINE void copy_all(V* to, const V* from, std::index_sequence<I...>) noexcept {
  ((to[I] = from[I]), ...);
}

/// A vector reduced to one number.
template <reduction_kind Kind, class V>
TAPELESS_INLINE scalar_of<V> reduced_lanes(V x) noexcept {
  if constexpr (Kind == reduction_kind::maximum)
    return simd::reduce_max(x);
  else if constexpr (Kind == reduction_kind::maximum_of_numbers)
    return simd::reduce_max_of_numbers(x);
  else
    return simd::reduce_add(x);
}

/// Adds Accumulators arrays of Sums values up into the first, as a tree.
template <reduction_kind Kind, int Accumulators, int Sums, class V>
TAPELESS_INLINE void add_accumulators(V* sum) noexcept {
  if constexpr (Accumulators > 1) {
    combine_all<Kind>(sum, sum + Accumulators / 2 * Sums, indices<Accumulators / 2 * Sums>{});
    add_accumulators<Kind, Accumulators / 2, Sums>(sum);
  }
}

/// Adds the products of vectors and the number of a row to the row's sums.
template <class V, class T, std::size_t... L>
TAPELESS_INLINE void multiply_row(const T* number, const V* x, V* sum,
                                  std::index_sequence<L...>) noexcept {
  const V y = simd::broadcast_load<V>(number);
  if constexpr (simd::vector<V>)
    (lane_traits<V>::add_product(sum[L], y, x[L]), ...);
  else
    ((sum[L] = math::fma(y, x[L], sum[L])), ...);
}

/// One rank-1 update of a tile of sums: Vectors vectors that all rows share, and a number per row
/// that all lanes share.
template <lane_walk Walk, class V, int Vectors, int Valid, class T, std::size_t... L,
          std::size_t... R>
TAPELESS_CLANG_INLINE inline void multiply(const T* shared, const T* rows, int row_stride, V* sum,
                                           std::index_sequence<L...> vectors,
                                           std::index_sequence<R...>) noexcept {
  constexpr int width = static_cast<int>(lane_width<V>);
  const V x[] = {load_lanes<Walk, V, (L + 1 < Vectors ? width : Valid), T>(
      shared + static_cast<int>(L) * width * Walk.stride)...};
  (multiply_row<V>(rows + static_cast<int>(R) * row_stride, x, sum + R * Vectors, vectors), ...);
}

}  // namespace tapeless::kernels
