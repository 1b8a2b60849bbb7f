#pragma once
// Polynomials with constant coefficients, evaluated without loops or branches.

#include <bit>
#include <cstddef>
#include <tapeless/core/lane.hpp>
#include <type_traits>

namespace tapeless::math {

/// c0 + c1 x + c2 x^2 + ..., as a chain of fused multiply-adds: fewest instructions, and the error
/// of the high terms is damped by every step. Coefficients from the lowest power up.
template <numeric_lane V, class T, std::size_t N, std::size_t First = 0>
TAPELESS_INLINE constexpr V horner(V x, const T (&c)[N]) noexcept {
  if constexpr (First + 1 == N)
    return V(c[First]);
  else
    return math::fma(math::horner<V, T, N, First + 1>(x, c), x, V(c[First]));
}

namespace detail {

template <std::size_t First, std::size_t Count, numeric_lane V, class T, std::size_t N>
TAPELESS_INLINE constexpr V estrin_part(const V (&powers)[5], const T (&c)[N]) noexcept {
  if constexpr (Count == 1) {
    return V(c[First]);
  } else {
    // One coefficient beyond a power of two: halving what is below it leaves the chain as long, and
    // needs no further power of x.
    constexpr bool one_more = Count > 4 && std::has_single_bit(Count - 1);
    constexpr std::size_t low = one_more ? (Count - 1) / 2 : std::bit_ceil(Count) / 2;
    return math::fma(estrin_part<First + low, Count - low>(powers, c),
                     powers[std::bit_width(low) - 1], estrin_part<First, low>(powers, c));
  }
}

}  // namespace detail

/// The same sum as a tree (Estrin's scheme): a few more multiplications, but the chain of dependent
/// operations grows with log2 of the degree only. Up to 32 coefficients.
template <numeric_lane V, class T, std::size_t N>
TAPELESS_INLINE constexpr V estrin(V x, const T (&c)[N]) noexcept {
  if constexpr (is_scalar<V>) {
    // A plain loop costs the fewest steps of constant evaluation.
    if (__builtin_is_constant_evaluated()) {
      V sum = c[N - 1];
      for (std::size_t i = N - 1; i-- > 0;) sum = sum * x + c[i];
      return sum;
    }
  }
  const V x2 = x * x, x4 = x2 * x2, x8 = x4 * x4;
  const V powers[5] = {x, x2, x4, x8, x8 * x8};
  return detail::estrin_part<0, N>(powers, c);
}

}  // namespace tapeless::math
