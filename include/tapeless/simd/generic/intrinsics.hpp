#pragma once
// The instructions for any processor, over the compiler's vector extension.

#include <cstdint>
#include <tapeless/core/config.hpp>
#include <tapeless/core/processor/scalar.hpp>
#include <tapeless/simd/generic/shuffle.hpp>
#include <tapeless/simd/integers.hpp>
#include <type_traits>

namespace tapeless::simd::detail::generic {

/// A register's bits as integers of the size of its values.
template <class R>
using bits_in = typename integer_register<
    std::conditional_t<sizeof(value_of<R>) == 4, std::uint32_t, std::uint64_t>, sizeof(R)>::type;

/// Bits of x where those of the mask are not set, and where they are.
template <class Mask, class R>
TAPELESS_INLINE R clear_bits(Mask mask, R x) noexcept {
  return (R)(~(bits_in<R>)mask & (bits_in<R>)x);
}
template <class Mask, class R>
TAPELESS_INLINE R keep_bits(Mask mask, R x) noexcept {
  return (R)((bits_in<R>)mask & (bits_in<R>)x);
}
/// Bits of a where those of the mask are set, else of b.
template <class Mask, class R>
TAPELESS_INLINE R select_bits(Mask mask, R a, R b) noexcept {
  return (R)(((bits_in<R>)mask & (bits_in<R>)a) | (~(bits_in<R>)mask & (bits_in<R>)b));
}

/// The second operand if either is NaN, or if both are zeros.
template <class R>
TAPELESS_INLINE R min(R a, R b) noexcept {
  return generic::select_bits(a < b, a, b);
}
template <class R>
TAPELESS_INLINE R max(R a, R b) noexcept {
  return generic::select_bits(a > b, a, b);
}

/// Correctly rounded.
template <class R>
TAPELESS_INLINE R sqrt(R x) noexcept {
#pragma GCC unroll 16
  for (int i = 0; i < values_in<R>; ++i) x[i] = tapeless::detail::hardware_sqrt(x[i]);
  return x;
}

/// a * b + c and c - a * b, with one rounding or two.
template <class R>
TAPELESS_INLINE R fma(R a, R b, R c) noexcept {
  return a * b + c;
}
template <class R>
TAPELESS_INLINE R fnma(R a, R b, R c) noexcept {
  return c - a * b;
}

/// Makes the compiler forget what it knows about a register and about memory.
template <class R>
TAPELESS_INLINE void forget(R& x) noexcept {
  asm volatile("" : "+m"(x) : : "memory");
}

}  // namespace tapeless::simd::detail::generic
