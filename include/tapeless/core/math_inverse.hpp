#pragma once
// asin, acos, atan and atan2.

#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

/// pi / 2 in two parts, and fits of our own (bench/fit_trigonometric.py) in x^2: (atan x - x) / x^3
/// for |x| <= tan(pi/8), to 2^-29 and 2^-58, and (asin x - x) / x^3 for |x| <= 1/2, to 2^-27 and
/// 2^-55.
template <class T>
struct inverse_constants;

template <>
struct inverse_constants<float> {
  static constexpr float half_pi = 1.57079637f, half_pi_low = -4.37113883e-08f;
  static constexpr float atan[] = {-0.333333164f, 0.199984714f, -0.142435282f, 0.105937794f,
                                   -0.0607568733f};
  static constexpr float asin[] = {0.166667521f, 0.0749529749f, 0.0454703718f, 0.0241795313f,
                                   0.0421682f};
};

template <>
struct inverse_constants<double> {
  static constexpr double half_pi = 1.5707963267948966, half_pi_low = 6.123233995736766e-17;
  static constexpr double atan[] = {
      -0.33333333333333326, 0.1999999999999765,  -0.14285714285385892, 0.11111111088065086,
      -0.09090908141076216, 0.07692282693006927, -0.06666225952257808, 0.058770153651977894,
      -0.05218371436631548, 0.04503446708908468, -0.0334727304942005,  0.015194019270519511};
  static constexpr double asin[] = {
      0.16666666666665408,  0.07500000000337002,  0.04464285682833424,   0.0303819591368552,
      0.022371758051076305, 0.017359704771631065, 0.013885235293462543,  0.012169213017353178,
      0.006527969016459081, 0.019528282324607276, -0.016224279309437113, 0.031912287766414076};
};

/// `constant` - y with more than one word of the constant, a multiple of pi / 2.
template <numeric_lane V>
TAPELESS_INLINE constexpr V from_half_turns(scalar_of<V> count, V y) noexcept {
  using C = inverse_constants<scalar_of<V>>;
  return V(count * C::half_pi) - math::fence(y - V(count * C::half_pi_low));
}

/// atan(y / x) for y, x >= 0, not both 0.
template <numeric_lane V>
TAPELESS_INLINE constexpr V atan_of_ratio(V y, V x) noexcept {
  using T = scalar_of<V>;
  using C = inverse_constants<T>;
  // By the angle from the nearest of 0, pi/4 and pi/2.
  const auto above = y > x * V(T(2.4142135623730949)), middle = y > x * V(T(0.41421356237309503));
  const V top = math::select(above, -x, math::select(middle, y - x, y));
  const V bottom = math::select(above, y, math::select(middle, y + x, x));
  const V eighths = math::to_number(above, x) + math::to_number(middle, x);
  const V t = top / bottom, z = t * t;
  const V low = math::fma(eighths, V(C::half_pi_low / 2), t * z * math::estrin(z, C::atan));
  return math::fma(eighths, V(C::half_pi / 2), t + low);
}

/// What asin and acos share: asin(s) of |x| itself up to 1/2, else of sqrt((1 - |x|) / 2), which is
/// half of acos(|x|).
template <numeric_lane V>
struct half_angle {
  V angle;
  decltype(V(0) > V(0)) far;

  TAPELESS_INLINE constexpr explicit half_angle(V size) noexcept
      : angle(0), far(size > V(scalar_of<V>(0.5))) {
    using T = scalar_of<V>;
    const V square = math::select(far, math::fnma(size, V(T(0.5)), V(T(0.5))), size * size);
    const V s = math::select(far, math::sqrt(square), size);
    angle = math::fma(s * square, math::estrin(square, inverse_constants<T>::asin), s);
  }
};

}  // namespace detail

/// Arc tangent, within (-pi/2, pi/2).
/// Accuracy: 1.9 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V atan(V x) noexcept {
  return math::copysign(detail::atan_of_ratio(math::abs(x), V(1)), x);
}

/// The angle of the point (x, y), within [-pi, pi], as the C library has it for zeros of both signs
/// and infinities.
/// Accuracy: 2.4 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V atan2(V y, V x) noexcept {
  using T = scalar_of<V>;
  using L = tapeless::detail::limits<T>;
  const V up = math::abs(y), aside = math::abs(x), most = math::max(up, aside);
  // No sum may overflow; of infinities only the direction counts, and no ratio is 0 / 0.
  const auto infinite = most == V(L::infinity);
  const V scale = math::select(most > V(L::max / 4), V(T(0.25)), V(1));
  const V height = math::select(infinite, math::to_number(up == V(L::infinity), y), up * scale);
  const V width =
      math::select(infinite, math::to_number(aside == V(L::infinity), y), aside * scale);
  const V a = detail::atan_of_ratio(height, math::select(most == V(0), V(1), width));
  const auto left = math::copysign(V(1), x) < V(0);
  return math::copysign(math::select(left, detail::from_half_turns(T(2), a), a), y);
}

/// Arc sine, within [-pi/2, pi/2]; NaN outside of [-1, 1].
/// Accuracy: 2.4 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V asin(V x) noexcept {
  using T = scalar_of<V>;
  const detail::half_angle<V> h(math::abs(x));
  const V y = math::select(h.far, detail::from_half_turns(T(1), h.angle + h.angle), h.angle);
  return math::copysign(y, x);
}

/// Arc cosine, within [0, pi]; NaN outside of [-1, 1].
/// Accuracy: 1.2 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V acos(V x) noexcept {
  using T = scalar_of<V>;
  const detail::half_angle<V> h(math::abs(x));
  const V twice = h.angle + h.angle;
  const V far = math::select(x < V(0), detail::from_half_turns(T(2), twice), twice);
  return math::select(h.far, far, detail::from_half_turns(T(1), math::copysign(h.angle, x)));
}

}  // namespace tapeless::math
