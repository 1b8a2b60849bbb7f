#pragma once
// The normal distribution: its density, the probability below a number, and what gelu and erf
// need of them. Tails are right to the last digits, far beyond where 1 + erf has none left.

#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

/// Phi(-a) e^(a^2 / 2) = P(a) / Q(a) on [0, 14.6] and [0, 39] to 2^-27 and 2^-54, fits of our own
/// (bench/fit_normal.py). All coefficients are positive, so that no sum cancels. `bound` is where
/// e^(-a^2 / 2) is still a normal number.
template <class T>
struct normal_constants;

template <>
struct normal_constants<float> {
  static constexpr float bound = 13.2f;
  static constexpr float p[] = {0.500000003f, 0.438654377f, 0.1835035f, 0.0407242373f,
                                0.00412994908f};
  static constexpr float q[] = {1.0f,         1.67519374f,  1.20361334f,
                                0.470179437f, 0.102086862f, 0.01035213f};
};

template <>
struct normal_constants<double> {
  static constexpr double bound = 37.6;
  static constexpr double p[] = {
      0.49999999999999997,   0.77499755343423628,  0.5942267893005853,    0.28946248559682074,
      0.097758045033576883,  0.023640490494896795, 0.0040931811931081224, 0.00049098164432754571,
      3.7305936124427159e-5, 1.3880369304686795e-6};
  static constexpr double q[] = {1.0,
                                 2.3478796676713277,
                                 2.5617905160594117,
                                 1.7149597583965385,
                                 0.78240639150625292,
                                 0.25511612759320743,
                                 0.060481672209761786,
                                 0.010353595815040318,
                                 0.0012341877648097639,
                                 9.3512114298955773e-5,
                                 3.4792926161549991e-6};
};

/// e^(-half a^2) for a >= 0 up to a bound of half a^2, where `half` is 1/2 or 1. The square in two
/// parts: the rounding of one would be multiplied by its size.
template <numeric_lane V>
TAPELESS_INLINE constexpr V bell(V a, scalar_of<V> half) noexcept {
  using T = scalar_of<V>;
  using C = exp_constants<T>;
  const V high = math::from_bits<V>(math::to_bits(a) & ~bits_of<V>(two_halves<T>::mask));
  const V square = high * high * V(half), rest = math::fence(a - high) * (a + high) * V(half);
  const V shifter(exponent_shifter<T>);
  const V shifted = math::fnma(square + rest, V(C::log2_e), shifter),
          n = math::fence(shifted - shifter);
  const V r = math::fnma(n, V(C::ln2_low), math::fnma(n, V(C::ln2_high), -square) - rest);
  return math::fma(r * r, math::estrin(r, C::tail), V(1) + r) * detail::power_of_two(shifted);
}

/// |x|, at most `bound`; NaN stays NaN.
template <numeric_lane V>
TAPELESS_INLINE constexpr V size_up_to(V x, scalar_of<V> bound) noexcept {
  return math::clamp(math::abs(x), V(0), V(bound));
}

}  // namespace detail

/// e^(-x^2 / 2) / sqrt(2 pi). 0 from |x| = 13.2 (float) and 37.6 (double) on.
/// Accuracy: 2.5 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V normal_density(V x) noexcept {
  using T = scalar_of<V>;
  using C = detail::normal_constants<T>;
  const V size = detail::size_up_to(x, C::bound);
  const V y = V(T(0.39894228040143268)) * detail::bell(size, T(0.5));
  return math::zero_where(size >= V(C::bound), y);
}

/// The probability that a normal number is below x: (1 + erf(x / sqrt(2))) / 2. 0 from x = -13.2
/// (float) and -37.6 (double) on.
/// Accuracy: 4.5 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V normal_below(V x) noexcept {
  using T = scalar_of<V>;
  using C = detail::normal_constants<T>;
  const V size = detail::size_up_to(x, C::bound);
  const V bell = math::zero_where(size >= V(C::bound), detail::bell(size, T(0.5)));
  const V tail = bell * (math::estrin(size, C::p) / math::estrin(size, C::q));
  return math::select(x > V(0), V(1) - tail, tail);
}

/// Phi(x) + x phi(x), the derivative of x Phi(x), where Phi is normal_below and phi normal_density.
/// Accuracy: 4.5 ulp in float and in double, 2 ulp of 1/8 around its zero at x = -0.7518.
template <numeric_lane V>
TAPELESS_INLINE constexpr V gelu_slope(V x) noexcept {
  using T = scalar_of<V>;
  using C = detail::normal_constants<T>;
  const V size = detail::size_up_to(x, C::bound);
  const V bell = math::zero_where(size >= V(C::bound), detail::bell(size, T(0.5)));
  const V ratio = math::estrin(size, C::p) / math::estrin(size, C::q);
  const V tail = bell * math::fnma(size, V(T(0.39894228040143268)), ratio);
  return math::select(x > V(0), V(1) - tail, tail);
}

/// 2 / sqrt(pi) e^-x^2, the derivative of erf. 0 from |x| = 9.3 (float) and 26.5 (double) on.
/// Accuracy: 2.5 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V erf_slope(V x) noexcept {
  using T = scalar_of<V>;
  constexpr T bound = sizeof(T) == sizeof(float) ? T(9.3) : T(26.5);
  const V size = detail::size_up_to(x, bound);
  const V y = V(T(1.1283791670955126)) * detail::bell(size, T(1));
  return math::zero_where(size >= V(bound), y);
}

}  // namespace tapeless::math
