#pragma once
// Remainders of divisions, exact for all finite operands.

#include <cstdint>
#include <cstring>
#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_round.hpp>
#include <type_traits>

namespace tapeless::math {
namespace detail {

/// The high half of the digits: rounded, so that the rest has one digit less, or cut, which never
/// overflows.
template <numeric_lane V>
TAPELESS_INLINE constexpr V high_half(V x, bool rounds) noexcept {
  using B = bits_of<V>;
  using F = float_format<scalar_of<V>>;
  using word = std::remove_const_t<decltype(F::mantissa_mask)>;
  constexpr int digits = F::mantissa / 2 + 1;
  const B half(rounds ? static_cast<word>(word{1} << (digits - 1)) : word{0});
  const B mask(static_cast<word>((word{1} << digits) - 1));
  return math::from_bits<V>((math::to_bits(x) + half) & ~mask);
}

/// c - a * b where that is a number of V and a * b is within a factor of two of c: exactly.
template <numeric_lane V>
TAPELESS_INLINE V exact_difference(V a, V b, V c) noexcept {
  using T = scalar_of<V>;
  if constexpr (!tapeless::detail::fuses<T>) {
    const V product = math::fence(a * b);
    const V a_high = detail::high_half(a, true), a_low = math::fence(a - a_high);
    const V b_high = detail::high_half(b, false), b_low = math::fence(b - b_high);
    V lost = math::fence(a_high * b_high - product);
    lost = math::fence(lost + a_high * b_low);
    lost = math::fence(math::fence(lost + a_low * b_high) + a_low * b_low);
    return math::fence(c - product) - lost;
  } else if constexpr (!is_scalar<V>) {
    return math::fnma(a, b, c);
  } else if constexpr (sizeof(T) == sizeof(float)) {
    // Not left to the compiler, which may contract one product of several.
    return __builtin_fmaf(-a, b, c);
  } else {
    return __builtin_fma(-a, b, c);
  }
}

/// a modulo b for finite positive numbers, bit by bit.
template <class T>
TAPELESS_NATIVE [[gnu::cold, gnu::noinline]] constexpr T long_remainder(T a, T b) noexcept {
  using L = tapeless::detail::limits<T>;
  if (!(a <= L::max) || !(b > T(0))) return L::not_a_number;
  T step = b;
  while (step <= a / 2) step += step;
  for (; step >= b; step /= 2)
    if (a >= step) a -= step;
  return a;
}

template <numeric_lane V>
TAPELESS_NATIVE [[gnu::cold, gnu::noinline]] void long_remainder_lanes(const V& a, const V& b,
                                                                       const V& quotient,
                                                                       scalar_of<V> limit,
                                                                       V& rest) noexcept {
  using T = scalar_of<V>;
  constexpr std::size_t width = lane_width<V>;
  T x[width], y[width], q[width], r[width];
  std::memcpy(x, &a, sizeof(x));
  std::memcpy(y, &b, sizeof(y));
  std::memcpy(q, &quotient, sizeof(q));
  std::memcpy(r, &rest, sizeof(r));
  for (std::size_t i = 0; i < width; ++i)
    if (!(q[i] < limit)) r[i] = detail::long_remainder(x[i], y[i]);
  std::memcpy(&rest, r, sizeof(r));
}

/// a modulo b for a >= 0 and b > 0, both finite. The branch is for quotients beyond all digits.
template <numeric_lane V>
TAPELESS_INLINE constexpr V remainder_of_sizes(V a, V b) noexcept {
  using T = scalar_of<V>;
  const T limit = T(float_format<T>::mantissa_mask) + T(1);
  if constexpr (is_scalar<V>)
    if (__builtin_is_constant_evaluated()) return detail::long_remainder(a, b);
  // No product may overflow. A divisor that loses digits by this is too small for the quotient.
  const auto near_end = a > V(tapeless::detail::limits<T>::max / 8);
  const V scale = math::select(near_end, V(T(0.125)), V(1)), size = a * scale, by = b * scale;
  const V quotient = a / b, whole = math::trunc(quotient);
  const V below = detail::exact_difference(whole, by, size);
  V rest = below + math::select(below < V(0), by, V(0));
  rest = rest * math::select(near_end, V(8), V(1));
  if constexpr (is_scalar<V>) {
    if (!(quotient < limit)) [[unlikely]]
      return detail::long_remainder(a, b);
  } else if (!lane_traits<V>::all(quotient < V(limit))) [[unlikely]] {
    detail::long_remainder_lanes(a, b, quotient, limit, rest);
  }
  return rest;
}

}  // namespace detail

/// The rest of a / b with the sign of a, exactly, as the C library's fmod: NaN for b = 0 and for
/// infinite a; a for infinite b.
template <numeric_lane V>
TAPELESS_INLINE constexpr V fmod(V a, V b) noexcept {
  using L = tapeless::detail::limits<scalar_of<V>>;
  const V size = math::abs(a), by = math::abs(b);
  const auto unbounded = by == V(L::infinity);
  const V rest = detail::remainder_of_sizes(size, math::select(unbounded, V(L::max), by));
  const V y = math::select(unbounded, size, rest);
  return math::copysign(math::select(size < V(L::infinity), y, V(L::not_a_number)), a);
}

/// The rest of a / b with the sign of b, exactly, as numpy's mod and Python's %.
template <numeric_lane V>
TAPELESS_INLINE constexpr V floor_mod(V a, V b) noexcept {
  const V rest = math::fmod(a, b);
  const V other_side = math::select(b < V(0), -rest, rest);
  return math::select(other_side < V(0), rest + b, rest);
}

}  // namespace tapeless::math
