#pragma once
// The lane primitives for float and double, usable in constant expressions.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <tapeless/core/config.hpp>
#include <tapeless/core/processor/scalar.hpp>
#include <tapeless/core/wide_integer.hpp>
#include <type_traits>

namespace tapeless {

/// What a lane type supplies; specialise it for a new kind of lane. See the scalar one below for
/// the full list of members.
template <class V>
struct lane_traits;

namespace detail {

/// std::numeric_limits as constants: at -O0 its functions are called, and are those of any source
/// with any flags.
template <class T>
struct limits {
  using standard = std::numeric_limits<T>;
  static constexpr T min = standard::min(), max = standard::max(), epsilon = standard::epsilon(),
                     infinity = standard::infinity(), not_a_number = standard::quiet_NaN();
};

/// Correctly rounded square root of a positive finite number, for constant evaluation.
/// A Newton estimate with one spare bit is corrected by exact integer comparison.
TAPELESS_INLINE constexpr double exact_sqrt(double x) noexcept {
  using wide = wide_integer;
  double scale = 1;
  if (x < 0x1p-900) x *= 0x1p120, scale = 0x1p-60;
  const auto bits = __builtin_bit_cast(std::uint64_t, x);
  const int exponent = static_cast<int>(bits >> 52) - 1075;
  const int odd = exponent & 1;
  const std::uint64_t mantissa = ((bits & 0xfffffffffffffull) | 0x10000000000000ull) << odd;
  const wide target = wide{mantissa} << 54;

  double estimate = 0x1p53;
  const double value = static_cast<double>(mantissa) * 0x1p54;
  for (int i = 0; i < 6; ++i) estimate = 0.5 * (estimate + value / estimate);
  auto root = static_cast<std::uint64_t>(estimate);
  while (wide{root} * root > target) --root;
  while (wide{root + 1} * (root + 1) <= target) ++root;

  const std::uint64_t rounded = (root >> 1) + (root & 1);
  const int half_exponent = (exponent - odd) / 2 - 26;
  const auto power =
      __builtin_bit_cast(double, static_cast<std::uint64_t>(half_exponent + 1023) << 52);
  return static_cast<double>(rounded) * power * scale;
}

template <class T, class Bits>
struct scalar_lane {
  using scalar = T;
  using bits = Bits;
  static constexpr std::size_t width = 1;

  TAPELESS_INLINE static constexpr T select(bool mask, T a, T b) noexcept {
    return __builtin_is_constant_evaluated() ? (mask ? a : b) : hardware_select(mask, a, b);
  }
  TAPELESS_INLINE static constexpr T to_number(bool mask) noexcept { return mask ? T(1) : T(0); }
  TAPELESS_INLINE static constexpr bool any(bool mask) noexcept { return mask; }
  TAPELESS_INLINE static constexpr bool all(bool mask) noexcept { return mask; }

  TAPELESS_INLINE static constexpr T fence(T x) noexcept { return TAPELESS_FENCE(x); }

  // Left to the compiler, which contracts the expression where the target has the instruction.
  TAPELESS_INLINE static constexpr T fma(T a, T b, T c) noexcept { return fence(a * b + c); }
  TAPELESS_INLINE static constexpr T fnma(T a, T b, T c) noexcept { return fence(c - a * b); }

  TAPELESS_INLINE static constexpr Bits to_bits(T x) noexcept {
    return __builtin_bit_cast(Bits, x);
  }
  TAPELESS_INLINE static constexpr T from_bits(Bits b) noexcept { return __builtin_bit_cast(T, b); }
  TAPELESS_INLINE static constexpr T abs(T x) noexcept {
    return from_bits(to_bits(x) & (static_cast<Bits>(~Bits(0)) >> 1));
  }

  // The comparison instructions of the hardware: the second operand if either is NaN.
  TAPELESS_INLINE static constexpr T min_or_second(T a, T b) noexcept { return a < b ? a : b; }
  TAPELESS_INLINE static constexpr T max_or_second(T a, T b) noexcept { return a > b ? a : b; }

  TAPELESS_INLINE static constexpr T clamp(T x, T low, T high) noexcept {
    if (!__builtin_is_constant_evaluated()) return hardware_clamp(x, low, high);
    return x < low ? low : x > high ? high : x;
  }

  TAPELESS_INLINE static constexpr T sqrt(T x) noexcept {
    if (!__builtin_is_constant_evaluated()) return hardware_sqrt(x);
    if (x < T(0)) return limits<T>::not_a_number;
    // Zeros of both signs, inf and NaN are their own roots. The square root of a float never lies
    // near enough to a rounding boundary for the detour through double to show.
    if (!(x > T(0) && x <= limits<T>::max)) return x;
    return static_cast<T>(exact_sqrt(x));
  }
};

}  // namespace detail

template <>
struct lane_traits<float> : detail::scalar_lane<float, std::uint32_t> {};

template <>
struct lane_traits<double> : detail::scalar_lane<double, std::uint64_t> {};

}  // namespace tapeless
