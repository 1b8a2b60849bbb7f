#pragma once
// sinh, cosh and the inverse hyperbolic functions. tanh is in math_tanh.hpp.

#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_log.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

/// (sinh x - x) / x^3 for |x| <= 1 in x^2, to 2^-28 and 2^-56: fits of our own
/// (bench/fit_trigonometric.py); where sinh is infinite; and from where on asinh and acosh are
/// ln(2x) to all digits.
template <class T>
struct hyperbolic_constants;

template <>
struct hyperbolic_constants<float> {
  static constexpr float bound = 90.f, large = 0x1p30f;
  static constexpr float sinh[] = {0.166666672f, 0.0083333496f, 0.000198361595f, 2.80794575e-06f};
};

template <>
struct hyperbolic_constants<double> {
  static constexpr double bound = 711., large = 0x1p60;
  static constexpr double sinh[] = {
      0.16666666666666666,    0.008333333333333333,   0.000198412698412696,  2.755731922411629e-06,
      2.5052108346509197e-08, 1.6059050601244688e-10, 7.646482896407163e-13, 2.848233001879245e-15};
};

/// e^size / 2 and e^-size / 2 for size >= 0, neither of which overflows before their sum does.
template <numeric_lane V>
struct half_exponentials {
  V rising, falling;

  TAPELESS_INLINE constexpr explicit half_exponentials(V size) noexcept : rising(0), falling(0) {
    using C = hyperbolic_constants<scalar_of<V>>;
    const auto [fraction, n, shifted] = detail::reduce_exp(math::clamp(size, V(0), V(C::bound)));
    const V e = V(1) + fraction;
    rising = math::scale2(e, n - V(1));
    falling = math::scale2(V(1) / e, -n - V(1));
  }
};

/// ln(1 + x) for x < large, ln(2x) from there on.
template <numeric_lane V>
TAPELESS_INLINE constexpr V log1p_or_double(V near, V x) noexcept {
  using T = scalar_of<V>;
  const auto large = x > V(hyperbolic_constants<T>::large);
  const V ln2 = math::select(large, V(T(0.69314718055994531)), V(0));
  return math::log1p(math::select(large, x, near)) + ln2;
}

}  // namespace detail

/// Hyperbolic sine.
/// Accuracy: 1.7 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V sinh(V x) noexcept {
  using C = detail::hyperbolic_constants<scalar_of<V>>;
  const V size = math::abs(x);
  const detail::half_exponentials<V> e(size);
  const auto is_near = size < V(1);
  const V bounded = math::select(is_near, size, V(1)), square = bounded * bounded;
  const V near = math::fma(bounded * square, math::estrin(square, C::sinh), bounded);
  return math::copysign(math::select(is_near, near, e.rising - e.falling), x);
}

/// Hyperbolic cosine.
/// Accuracy: 1.5 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V cosh(V x) noexcept {
  const detail::half_exponentials<V> e(math::abs(x));
  return e.rising + e.falling;
}

/// Inverse of sinh.
/// Accuracy: 1.7 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V asinh(V x) noexcept {
  using C = detail::hyperbolic_constants<scalar_of<V>>;
  const V size = math::abs(x), bounded = math::clamp(size, V(0), V(C::large));
  const V square = bounded * bounded;
  const V near = bounded + square / (V(1) + math::sqrt(V(1) + square));
  return math::copysign(detail::log1p_or_double(near, size), x);
}

/// Inverse of cosh for x >= 1; NaN below.
/// Accuracy: 2.4 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V acosh(V x) noexcept {
  using T = scalar_of<V>;
  using C = detail::hyperbolic_constants<T>;
  const V t = math::clamp(x, V(1), V(C::large)) - V(1);
  const V y = detail::log1p_or_double(t + math::sqrt(t * (t + V(2))), x);
  return math::select(x < V(1), V(tapeless::detail::limits<T>::not_a_number), y);
}

/// Inverse of tanh; inf at 1, NaN beyond.
/// Accuracy: 1.8 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V atanh(V x) noexcept {
  using T = scalar_of<V>;
  using L = tapeless::detail::limits<T>;
  const V size = math::abs(x), twice = size + size;
  const auto one = size == V(1);
  const V rest = math::select(one, V(1), V(1) - size);
  // 2x + 2x^2 / (1 - x): for small x the quotient 2x / (1 - x) alone would round twice.
  const V ratio = math::select(size < V(T(0.5)), twice + twice * size / rest, twice / rest);
  const V y = V(T(0.5)) * math::log1p(ratio);
  return math::copysign(math::select(one, V(L::infinity), y), x);
}

}  // namespace tapeless::math
