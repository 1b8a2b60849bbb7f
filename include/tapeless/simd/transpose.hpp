#pragma once
// Transposes a square of vectors in registers.

#include <cstddef>
#include <tapeless/simd/batch.hpp>
#include <tapeless/simd/shuffle.hpp>

namespace tapeless::simd {
namespace detail {

/// Transposes every 128-bit block of rows[0 .. values per block) by itself.
template <class V>
TAPELESS_INLINE void transpose_blocks(V* rows) noexcept {
  if constexpr (sizeof(scalar_of<V>) == 8) {
    const V low = interleave_low(rows[0].data, rows[1].data);
    rows[1] = interleave_high(rows[0].data, rows[1].data);
    rows[0] = low;
  } else {
    const auto low01 = interleave_low(rows[0].data, rows[1].data);
    const auto low23 = interleave_low(rows[2].data, rows[3].data);
    const auto high01 = interleave_high(rows[0].data, rows[1].data);
    const auto high23 = interleave_high(rows[2].data, rows[3].data);
    rows[0] = pair_low(low01, low23);
    rows[1] = pair_high(low01, low23);
    rows[2] = pair_low(high01, high23);
    rows[3] = pair_high(high01, high23);
  }
}

/// Transposes the matrix of blocks of the rows rows[0], rows[Step], rows[2 Step], ...
template <std::size_t Step, class V>
TAPELESS_INLINE void transpose_matrix_of_blocks(V* rows) noexcept {
  constexpr std::size_t blocks = sizeof(V) / 16;
  if constexpr (blocks == 2) {
    const V low = lowers(rows[0].data, rows[Step].data);
    rows[Step] = uppers(rows[0].data, rows[Step].data);
    rows[0] = low;
  } else if constexpr (blocks == 4) {
    const auto low01 = lowers(rows[0].data, rows[Step].data);
    const auto low23 = lowers(rows[2 * Step].data, rows[3 * Step].data);
    const auto high01 = uppers(rows[0].data, rows[Step].data);
    const auto high23 = uppers(rows[2 * Step].data, rows[3 * Step].data);
    rows[0] = even_blocks(low01, low23);
    rows[Step] = odd_blocks(low01, low23);
    rows[2 * Step] = even_blocks(high01, high23);
    rows[3 * Step] = odd_blocks(high01, high23);
  }
}

}  // namespace detail

/// Lane j of rows[i] and lane i of rows[j] change places. N is the width of V.
template <class V, std::size_t N>
TAPELESS_INLINE void transpose(V (&rows)[N]) noexcept {
  static_assert(N == width_of<V>, "a transpose needs as many rows as a vector has lanes");
  if constexpr (vector<V>) {
    constexpr std::size_t per_block = 16 / sizeof(scalar_of<V>);
#pragma GCC unroll 4
    for (std::size_t i = 0; i < N; i += per_block) detail::transpose_blocks(rows + i);
#pragma GCC unroll 4
    for (std::size_t j = 0; j < per_block; ++j)
      detail::transpose_matrix_of_blocks<per_block>(rows + j);
  }
}

}  // namespace tapeless::simd
