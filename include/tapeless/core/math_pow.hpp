#pragma once
// Powers with a constant exponent.

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

/// x^exponent, where every lane has the same exponent and the compiler usually knows it. Integral
/// exponents up to 64 in magnitude are products, halves of them take one square root more; any
/// other one goes through exp(exponent * log(x)) and gives NaN for x < 0, as std::pow does.
template <numeric_lane V>
TAPELESS_INLINE constexpr V pow(V x, double exponent) noexcept {
  using T = scalar_of<V>;
  const double magnitude = exponent < 0 ? -exponent : exponent;
  if (magnitude > 64) return math::exp(V(T(exponent)) * math::log(x));
  const auto whole = static_cast<std::uint32_t>(magnitude);
  const double rest = magnitude - whole;
  if (rest != 0 && rest != 0.5) return math::exp(V(T(exponent)) * math::log(x));
  V y = math::integer_power(x, whole);
  if (rest == 0.5) y = y * math::sqrt(x);
  return exponent < 0 ? V(1) / y : y;
}

}  // namespace tapeless::math
