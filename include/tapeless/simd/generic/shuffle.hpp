#pragma once
// The shuffles for any processor, over the compiler's vector extension, which picks the
// instructions. Registers are of float or double, of 16 bytes or more.

#include <cstddef>
#include <tapeless/core/config.hpp>
#include <type_traits>
#include <utility>

namespace tapeless::simd::detail::generic {

template <class Register>
using value_of = std::remove_cvref_t<decltype(std::declval<Register&>()[0])>;
template <class Register>
inline constexpr int values_in = static_cast<int>(sizeof(Register) / sizeof(value_of<Register>));
template <class Register>
inline constexpr int per_block = static_cast<int>(16 / sizeof(value_of<Register>));

/// Lane i of the result is lane pick(i) of a followed by b.
template <int Count, class Register, class Pick>
TAPELESS_INLINE auto pick(Register a, Register b, Pick) noexcept {
  return [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    return __builtin_shufflevector(a, b, Pick{}(I)...);
  }
  (std::make_integer_sequence<int, Count>{});
}

/// Per block: a0 b0 a1 b1 (floats), a0 b0 (doubles).
template <class R>
TAPELESS_INLINE R interleave_low(R a, R b) noexcept {
  return generic::pick<values_in<R>>(a, b, [](int i) {
    constexpr int n = per_block<R>;
    return i / n * n + i % n / 2 + i % 2 * values_in<R>;
  });
}
/// Per block: a2 b2 a3 b3 (floats), a1 b1 (doubles).
template <class R>
TAPELESS_INLINE R interleave_high(R a, R b) noexcept {
  return generic::pick<values_in<R>>(a, b, [](int i) {
    constexpr int n = per_block<R>;
    return i / n * n + n / 2 + i % n / 2 + i % 2 * values_in<R>;
  });
}
/// Per block of floats: a0 a1 b0 b1.
template <class R>
TAPELESS_INLINE R pair_low(R a, R b) noexcept {
  return generic::pick<values_in<R>>(
      a, b, [](int i) { return i / 4 * 4 + i % 2 + i % 4 / 2 * values_in<R>; });
}
/// Per block of floats: a2 a3 b2 b3.
template <class R>
TAPELESS_INLINE R pair_high(R a, R b) noexcept {
  return generic::pick<values_in<R>>(
      a, b, [](int i) { return i / 4 * 4 + 2 + i % 2 + i % 4 / 2 * values_in<R>; });
}
/// The second lane in the place of the first.
template <class R>
TAPELESS_INLINE R second_first(R x) noexcept {
  return generic::pick<values_in<R>>(x, x, [](int i) { return i ^ 1; });
}
/// The even lanes of a, then the odd lanes of b.
template <class R>
TAPELESS_INLINE R even_then_odd(R a, R b) noexcept {
  return generic::pick<values_in<R>>(a, b,
                                     [](int i) { return 2 * i + (2 * i >= values_in<R> ? 1 : 0); });
}

/// The lower and the upper half of a register.
template <class R>
TAPELESS_INLINE auto lower(R x) noexcept {
  return generic::pick<values_in<R> / 2>(x, x, [](int i) { return i; });
}
template <class R>
TAPELESS_INLINE auto upper(R x) noexcept {
  return generic::pick<values_in<R> / 2>(x, x, [](int i) { return i + values_in<R> / 2; });
}
/// a.lower b.lower and a.upper b.upper.
template <class R>
TAPELESS_INLINE R lowers(R a, R b) noexcept {
  constexpr int half = values_in<R> / 2;
  return generic::pick<values_in<R>>(a, b, [](int i) { return i < half ? i : i + half; });
}
template <class R>
TAPELESS_INLINE R uppers(R a, R b) noexcept {
  constexpr int half = values_in<R> / 2;
  return generic::pick<values_in<R>>(a, b,
                                     [](int i) { return i < half ? i + half : i + 2 * half; });
}
/// The even and the odd blocks: a0 a2 b0 b2 and a1 a3 b1 b3.
template <class R>
TAPELESS_INLINE R even_blocks(R a, R b) noexcept {
  constexpr int n = per_block<R>;
  return generic::pick<values_in<R>>(a, b, [](int i) { return i / n * 2 * n + i % n; });
}
template <class R>
TAPELESS_INLINE R odd_blocks(R a, R b) noexcept {
  constexpr int n = per_block<R>;
  return generic::pick<values_in<R>>(a, b, [](int i) { return (i / n * 2 + 1) * n + i % n; });
}

}  // namespace tapeless::simd::detail::generic
