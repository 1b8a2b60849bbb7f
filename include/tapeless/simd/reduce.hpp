#pragma once
// Sums and extremes across the lanes of one vector, and sums of several vectors at once.

#include <cstddef>
#include <tapeless/simd/batch.hpp>
#include <tapeless/simd/shuffle.hpp>

namespace tapeless::simd {
namespace detail {

// NaN in either operand comes through, as in math::min and math::max.
struct plus {
  template <class V>
  TAPELESS_INLINE V operator()(V a, V b) const noexcept {
    return a + b;
  }
};
struct larger {
  template <class V>
  TAPELESS_INLINE V operator()(V a, V b) const noexcept {
    return math::max(a, b);
  }
};
struct larger_number {
  template <class V>
  TAPELESS_INLINE V operator()(V a, V b) const noexcept {
    return math::max_of_numbers(a, b);
  }
};
struct smaller {
  template <class V>
  TAPELESS_INLINE V operator()(V a, V b) const noexcept {
    return math::min(a, b);
  }
};

/// Halves the vector until the result is the first lane of 128 bits.
template <class Operation, class V>
TAPELESS_INLINE auto reduce_to_first(V x, Operation operation) noexcept {
  using T = scalar_of<V>;
  if constexpr (sizeof(V) > 16) {
    using Half = lanes<T, width_of<V> / 2, family_of<V>>;
    return detail::reduce_to_first(operation(Half(lower(x.data)), Half(upper(x.data))), operation);
  } else if constexpr (sizeof(T) == 4) {
    const V two = operation(x, V(pair_high(x.data, x.data)));
    return operation(two, V(second_first(two.data)));
  } else {
    return operation(x, V(interleave_high(x.data, x.data)));
  }
}

template <class Operation, class V>
TAPELESS_INLINE scalar_of<V> reduce(V x, Operation operation) noexcept {
  if constexpr (vector<V>)
    return detail::reduce_to_first(x, operation).data[0];
  else
    return x;
}

/// Adds the sums of the blocks of several registers: lane group i of the result is the sum of all
/// blocks of row i. Rows that are fewer than the blocks of a register give a narrower register.
template <class Register, std::size_t Rows>
TAPELESS_INLINE auto add_blocks(const Register (&rows)[Rows]) noexcept {
  constexpr std::size_t blocks = sizeof(Register) / 16;
  static_assert(Rows <= blocks);
  if constexpr (blocks == 1) {
    return rows[0];
  } else if constexpr (Rows == blocks && blocks == 2) {
    return lowers(rows[0], rows[1]) + uppers(rows[0], rows[1]);
  } else if constexpr (Rows == blocks) {
    const Register a = lowers(rows[0], rows[1]) + uppers(rows[0], rows[1]);
    const Register b = lowers(rows[2], rows[3]) + uppers(rows[2], rows[3]);
    return even_blocks(a, b) + odd_blocks(a, b);
  } else {
    using Half = decltype(lower(rows[0]));
    Half halves[Rows];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < Rows; ++i) halves[i] = lower(rows[i]) + upper(rows[i]);
    return detail::add_blocks(halves);
  }
}

}  // namespace detail

/// The sum of all lanes.
template <class V>
TAPELESS_INLINE scalar_of<V> reduce_add(V x) noexcept {
  return detail::reduce(x, detail::plus{});
}

/// The sum of all lanes in the first lane of 128 bits; the others have something.
template <class V>
TAPELESS_INLINE auto reduce_add_to_first(V x) noexcept {
  return detail::reduce_to_first(x, detail::plus{});
}

/// The largest lane; NaN if any lane is.
template <class V>
TAPELESS_INLINE scalar_of<V> reduce_max(V x) noexcept {
  return detail::reduce(x, detail::larger{});
}

/// The largest lane of a vector without NaN.
template <class V>
TAPELESS_INLINE scalar_of<V> reduce_max_of_numbers(V x) noexcept {
  return detail::reduce(x, detail::larger_number{});
}

/// The smallest lane; NaN if any lane is.
template <class V>
TAPELESS_INLINE scalar_of<V> reduce_min(V x) noexcept {
  return detail::reduce(x, detail::smaller{});
}

/// Lane i of the result is the sum of all lanes of rows[i]. N is a power of two, from the values in
/// 128 bits (4 floats, 2 doubles) up to the width of V. A tree of shuffles and additions: about two
/// operations a row, where N separate sums would take 2 log2(width) each.
template <class V, std::size_t N>
TAPELESS_INLINE lanes<scalar_of<V>, N, family_of<V>> reduce_add_each(const V (&rows)[N]) noexcept {
  using T = scalar_of<V>;
  using Register = typename V::register_type;
  constexpr std::size_t per_block = 16 / sizeof(T);
  static_assert(N % per_block == 0 && N <= width_of<V>,
                "rows must fill whole 128-bit blocks and at most one vector");
  Register blocks[N / per_block];
#pragma GCC unroll 4
  for (std::size_t i = 0; i < N / per_block; ++i) {
    const V* row = rows + i * per_block;
    const auto add = [](Register a, Register b) __attribute__((always_inline)) {
      return detail::interleave_low(a, b) + detail::interleave_high(a, b);
    };
    if constexpr (per_block == 2) {
      blocks[i] = add(row[0].data, row[1].data);
    } else {
      const Register a = add(row[0].data, row[1].data), b = add(row[2].data, row[3].data);
      blocks[i] = detail::pair_low(a, b) + detail::pair_high(a, b);
    }
  }
  return detail::add_blocks(blocks);
}

}  // namespace tapeless::simd
