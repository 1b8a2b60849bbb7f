#pragma once
// log, log1p and softplus.

#include <limits>
#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

/// Minimax fits of our own on [sqrt(1/2) - 1, sqrt(2) - 1].
/// float: (log(1 + f) - f + f^2/2) / f^3; double: (log((1 + s) / (1 - s)) / s - 2) / s^2 in s^2.
template <class T>
struct log_constants;

template <>
struct log_constants<float> {
  static constexpr float fit[] = {0.333333313f, -0.250008225f, 0.200012267f, -0.166233569f,
                                  0.142017514f, -0.13160184f,  0.127616212f, -0.0763454735f};
};

template <>
struct log_constants<double> {
  static constexpr double fit[] = {0.6666666666666731,  0.39999999999433583, 0.28571428738990823,
                                   0.22222198864401052, 0.18183551433007755, 0.15314334842168525,
                                   0.14793481914851345};
};

/// log(mantissa * 2^exponent) + correction for a small correction.
template <numeric_lane V>
TAPELESS_INLINE constexpr V log_of_split(split_number<V> number, V correction) noexcept {
  using T = scalar_of<V>;
  using E = exp_constants<T>;
  const V f = math::fence(number.mantissa - V(1));
  const V low = math::fma(number.exponent, V(E::ln2_low), correction);
  const V half_square = V(T(0.5)) * f * f;
  V rest;
  if constexpr (sizeof(T) == sizeof(float)) {
    rest = math::fma(f * f * f, math::estrin(f, log_constants<T>::fit), low) - half_square;
  } else {
    const V s = f / (V(2) + f), z = s * s;
    rest = math::fma(s, math::fma(z, math::estrin(z, log_constants<T>::fit), half_square), low) -
           half_square;
  }
  return math::fma(number.exponent, V(E::ln2_high), f + math::fence(rest));
}

}  // namespace detail

/// Natural logarithm. log(0) = -inf, log(x < 0) = NaN, log(inf) = inf.
/// Accuracy: 0.9 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V log(V x) noexcept {
  using T = scalar_of<V>;
  using F = float_format<T>;
  using L = tapeless::detail::limits<T>;
  constexpr T raise = T(F::mantissa_mask) + T(1);
  const auto denormal = x < V(L::min);
  split_number<V> parts = math::split(math::select(denormal, x * V(raise), x));
  const V lowered = parts.exponent - V(T(F::mantissa));
  parts.exponent = math::select(denormal, lowered, parts.exponent);
  const V y = detail::log_of_split(parts, V(0));
  const V inside = math::select(x < V(0), V(L::not_a_number), y);
  const V finite = math::select(x == V(0), V(-L::infinity), inside);
  return math::select(x < V(L::infinity), finite, x);
}

/// log(1 + x) without cancellation near zero. log1p(-1) = -inf, NaN below.
/// Accuracy: 0.9 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V log1p(V x) noexcept {
  using T = scalar_of<V>;
  using L = tapeless::detail::limits<T>;
  const V bounded = math::clamp(x, V(L::epsilon / T(2) - T(1)), V(L::max));
  const V u = math::fence(V(1) + bounded);
  // What the sum lost; exact, taken from the larger operand.
  const V lost = math::select(bounded < V(1), bounded - math::fence(u - V(1)),
                              V(1) - math::fence(u - bounded));
  const V y = detail::log_of_split(math::split(u), lost / u);
  const V inside = math::select(x < V(-1), V(L::not_a_number), y);
  const V finite = math::select(x == V(-1), V(-L::infinity), inside);
  // Denormals and zeros, whose sign the sum would lose, are their own results; so are inf and NaN.
  const V small_too = math::select(math::abs(x) < V(L::min), x, finite);
  return math::select(x < V(L::infinity), small_too, x);
}

/// log(1 + e^x) = max(x, 0) + log1p(e^-|x|), which neither overflows nor cancels.
/// Accuracy: 1.7 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V softplus(V x) noexcept {
  return math::max(x, V(0)) + math::log1p(math::exp(-math::abs(x)));
}

}  // namespace tapeless::math
