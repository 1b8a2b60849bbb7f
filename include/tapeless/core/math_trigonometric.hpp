#pragma once
// sin, cos and tan.

#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_large_angle.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

/// pi / 2 in parts whose products with a whole number up to limit / (pi / 2) are exact, but for the
/// last; and fits of our own (bench/fit_trigonometric.py) on |r| <= pi/4, in r^2:
/// (sin r - r) / r^3 to 2^-27 and 2^-56, (cos r - 1 + r^2/2) / r^4 to 2^-32 and 2^-59.
template <class T>
struct angle_constants;

template <>
struct angle_constants<float> {
  static constexpr float limit = 6400.f, two_over_pi = 0.636619772f;
  static constexpr float part[] = {0x1.92p+0f, 0x1.fb4p-12f, 0x1.444p-24f, 0x1.68cp-39f,
                                   0x1.1a6264p-54f};
  static constexpr float sine[] = {-0.166666552f, 0.0083321603f, -0.000195122557f};
  static constexpr float cosine[] = {0.0416666456f, -0.00138873165f, 2.44335533e-05f};
};

template <>
struct angle_constants<double> {
  static constexpr double limit = 1.6e6, two_over_pi = 0.63661977236758134;
  static constexpr double part[] = {0x1.921fb544p+0, 0x1.0b4611a6p-34, 0x1.3198a2ep-69,
                                    0x1.b839a252049c1p-104};
  static constexpr double sine[] = {-0.1666666666666663,     0.008333333333322113,
                                    -0.00019841269829585018, 2.7557313619745058e-06,
                                    -2.5050747495827252e-08, 1.5896214138638537e-10};
  static constexpr double cosine[] = {0.041666666666666595,   -0.001388888888887305,
                                      2.4801587288846527e-05, -2.7557314177764463e-07,
                                      2.087570062880713e-09,  -1.1358525236798387e-11};
};

/// size - n pi/2 for |size| up to the limit of the parts.
template <numeric_lane V>
TAPELESS_INLINE constexpr reduced_angle<V> reduce_by_parts(V size) noexcept {
  using C = angle_constants<scalar_of<V>>;
  constexpr int last = static_cast<int>(std::extent_v<decltype(C::part)>) - 1;
  const V n = math::round_small(size * V(C::two_over_pi));
  V rest = math::fnma(n, V(C::part[0]), size);
  if constexpr (last == 4) rest = math::fnma(n, V(C::part[1]), rest);
  // All is exact so far. What the next two differences lose is exact too, and goes on in `low`.
  const V third = n * V(C::part[last - 2]), fourth = n * V(C::part[last - 1]);
  const V less = math::fence(rest - third);
  const V lost = math::fence(math::fence(rest - less) - third);
  const V r = math::fence(less - fourth);
  const V more = math::fence(math::fence(less - r) - fourth);
  return {r, math::fnma(n, V(C::part[last]), more + lost), n};
}

/// The same for any size. The one branch of all functions here; taken beyond the limit alone.
template <numeric_lane V>
TAPELESS_INLINE constexpr reduced_angle<V> reduce_angle(V size) noexcept {
  constexpr scalar_of<V> limit = angle_constants<scalar_of<V>>::limit;
  if constexpr (is_scalar<V>) {
    if (size > limit) [[unlikely]]
      return detail::reduce_large_as(size);
    return detail::reduce_by_parts(size);
  } else {
    reduced_angle<V> a = detail::reduce_by_parts(size);
    if (lane_traits<V>::any(size > V(limit))) [[unlikely]]
      detail::reduce_large_lanes(size, limit, a);
    return a;
  }
}

template <numeric_lane V>
TAPELESS_INLINE constexpr V sine_of(const reduced_angle<V>& a) noexcept {
  using T = scalar_of<V>;
  const V z = a.r * a.r;
  const V low = math::fnma(V(T(0.5)) * z, a.low, a.low);
  return a.r + math::fma(a.r * z, math::horner(z, angle_constants<T>::sine), low);
}

template <numeric_lane V>
TAPELESS_INLINE constexpr V cosine_of(const reduced_angle<V>& a) noexcept {
  using T = scalar_of<V>;
  const V z = a.r * a.r, half = V(T(0.5)) * z, high = math::fence(V(1) - half);
  const V tail = math::fnma(a.r, a.low, math::fence(V(1) - high) - half);
  return high + math::fma(z * z, math::horner(z, angle_constants<T>::cosine), tail);
}

/// n modulo 4 in the lowest bits.
template <numeric_lane V>
TAPELESS_INLINE constexpr bits_of<V> quadrant(V n) noexcept {
  return math::to_bits(n + V(float_format<scalar_of<V>>::shifter));
}

/// Bit `bit` of the quadrant as the sign bit of a number.
template <numeric_lane V>
TAPELESS_INLINE constexpr bits_of<V> as_sign(bits_of<V> quadrant, int bit) noexcept {
  using B = bits_of<V>;
  const int top = 8 * static_cast<int>(sizeof(scalar_of<V>)) - 1;
  return (quadrant << (top - bit)) & B(float_format<scalar_of<V>>::sign);
}

/// Whether a whole number is odd.
template <numeric_lane V>
TAPELESS_INLINE constexpr auto is_odd(V n) noexcept {
  const V half = n * V(scalar_of<V>(0.5));
  return math::differ(half, math::round_small(half));
}

}  // namespace detail

/// Sine of an angle in radians, of any finite size; NaN of inf.
/// Accuracy: 0.9 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V sin(V x) noexcept {
  using B = bits_of<V>;
  const detail::reduced_angle<V> a = detail::reduce_angle(math::abs(x));
  const V y = math::select(detail::is_odd(a.n), detail::cosine_of(a), detail::sine_of(a));
  const B sign = math::to_bits(x) & B(float_format<scalar_of<V>>::sign);
  return math::from_bits<V>(math::to_bits(y) ^ sign ^ detail::as_sign<V>(detail::quadrant(a.n), 1));
}

/// Cosine of an angle in radians, of any finite size; NaN of inf.
/// Accuracy: 0.9 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V cos(V x) noexcept {
  const detail::reduced_angle<V> a = detail::reduce_angle(math::abs(x));
  const V y = math::select(detail::is_odd(a.n), detail::sine_of(a), detail::cosine_of(a));
  return math::from_bits<V>(math::to_bits(y) ^ detail::as_sign<V>(detail::quadrant(a.n + V(1)), 1));
}

/// Tangent of an angle in radians, of any finite size; NaN of inf.
/// Accuracy: 2.4 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V tan(V x) noexcept {
  using B = bits_of<V>;
  const detail::reduced_angle<V> a = detail::reduce_angle(math::abs(x));
  const V s = detail::sine_of(a), c = detail::cosine_of(a);
  const auto odd = detail::is_odd(a.n);
  const V y = math::select(odd, c, s) / math::select(odd, s, c);
  const B sign = math::to_bits(x) & B(float_format<scalar_of<V>>::sign);
  return math::from_bits<V>(math::to_bits(y) ^ sign ^ detail::as_sign<V>(detail::quadrant(a.n), 0));
}

}  // namespace tapeless::math
