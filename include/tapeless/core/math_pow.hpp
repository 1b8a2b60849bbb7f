#pragma once
// Powers.

#include <cstdint>
#include <limits>
#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_log.hpp>

namespace tapeless::math {

/// x^n for an integral n >= 0 by repeated squaring.
template <numeric_lane V>
TAPELESS_INLINE constexpr V integer_power(V x, std::uint32_t n) noexcept {
  V result(1);
  for (; n != 0; n >>= 1) {
    if (n & 1u) result = result * x;
    if (n > 1u) x = x * x;
  }
  return result;
}

namespace detail {

/// Whether a number is whole, and whether it is odd then: from 2^53 on all are even.
TAPELESS_INLINE constexpr bool is_whole(double x) noexcept {
  return !(x > -0x1p53 && x < 0x1p53) || static_cast<double>(static_cast<long long>(x)) == x;
}
TAPELESS_INLINE constexpr bool is_odd_number(double x) noexcept {
  return x > -0x1p53 && x < 0x1p53 && static_cast<long long>(x) % 2 != 0;
}

/// x^exponent through the logarithm of |x|.
template <numeric_lane V>
TAPELESS_INLINE constexpr V power_by_log(V x, double exponent) noexcept {
  using T = scalar_of<V>;
  using L = tapeless::detail::limits<T>;
  // Beyond 2^100 all powers are 0, 1 or infinite.
  const double bounded = exponent > 0x1p100 ? 0x1p100 : exponent < -0x1p100 ? -0x1p100 : exponent;
  const V c(static_cast<T>(bounded));
  if (detail::is_whole(exponent)) {
    const V y = math::exp(c * math::log(math::abs(x)));
    return detail::is_odd_number(exponent) ? math::copysign(y, x) : y;
  }
  // The logarithm is NaN below 0; -inf alone has a power.
  return math::exp(c * math::log(math::select(x == V(-L::infinity), V(L::infinity), x)));
}

}  // namespace detail

/// x^exponent, where every lane has the same exponent and the compiler usually knows it. Integral
/// exponents up to 64 in magnitude are products, halves of them take one square root more; any
/// other one goes through exp(exponent * log |x|). Zeros, infinities and negative numbers as
/// std::pow has them: NaN for finite x < 0 and an exponent that is not whole.
template <numeric_lane V>
TAPELESS_INLINE constexpr V pow(V x, double exponent) noexcept {
  using L = tapeless::detail::limits<scalar_of<V>>;
  const double magnitude = exponent < 0 ? -exponent : exponent;
  if (!(magnitude <= 64)) return detail::power_by_log(x, exponent);
  const auto whole = static_cast<std::uint32_t>(magnitude);
  const double rest = magnitude - whole;
  if (rest != 0 && rest != 0.5) return detail::power_by_log(x, exponent);
  V y = math::integer_power(x, whole);
  // Powers of -0 and -inf have no sign, and are no NaN.
  if (rest == 0.5)
    y = math::abs(y * math::sqrt(math::select(x == V(-L::infinity), V(L::infinity), x)));
  return exponent < 0 ? V(1) / y : y;
}

/// x^exponent with an exponent of its own for every lane, as std::pow for zeros, infinities and
/// negative numbers.
/// Accuracy: 1.2 ulp, and 2 ulp more for each unit of |exponent * ln x|.
template <numeric_lane V>
TAPELESS_INLINE constexpr V power(V x, V exponent) noexcept {
  using T = scalar_of<V>;
  using L = tapeless::detail::limits<T>;
  const T far = sizeof(T) == sizeof(float) ? T(0x1p60) : T(0x1p300);
  const V size = math::abs(x), half = exponent * V(T(0.5));
  // One to any power and any number to the power of zero are one: no infinity may meet a zero.
  const auto is_one = size == V(1), is_zeroth = exponent == V(0);
  const V base = math::select(is_zeroth, V(2), math::select(is_one, V(2), size));
  const V of_base = math::exp(math::clamp(exponent, V(-far), V(far)) * math::log(base));
  const V positive = math::select(is_one, V(1), of_base);
  const auto is_whole = math::round(exponent) == exponent;
  const V odd =
      math::select(is_whole, math::to_number(math::differ(half, math::round(half)), x), V(0));
  const V sided =
      math::select(odd * math::copysign(V(1), x) < V(0), math::negate(positive), positive);
  const V broken = math::select(x == V(-L::infinity), positive, V(L::not_a_number));
  const V y = math::select(x < V(0), math::select(is_whole, sided, broken), sided);
  // The bounds and choices above may have lost a NaN.
  const V number = math::select(x == x, math::select(exponent == exponent, y, exponent), x);
  return math::select(is_zeroth, V(1), math::select(x == V(1), V(1), number));
}

}  // namespace tapeless::math
