#pragma once
// exp and its relatives.

#include <limits>
#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

/// Constants of exp for one scalar format: `vanishing` is the first whole x whose e^-x is below all
/// normal numbers, `widest` bounds what exp_scaled reduces. `tail` is (e^r - 1 - r) / r^2 on |r| <=
/// ln(2)/2, a minimax fit of our own; ln(2) is split so that n * ln2_high is exact for every
/// exponent n.
template <class T>
struct exp_constants;

template <>
struct exp_constants<float> {
  static constexpr float log2_e = 1.44269504f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  static constexpr float lowest = -104.f, highest = 89.f, lowest_normal = -87.f, vanishing = 88.f,
                         widest = 2e6f;
  static constexpr float tail[] = {0.49999997f, 0.16666542f, 0.0416672081f, 0.00836664811f,
                                   0.00138823525f};
};

template <>
struct exp_constants<double> {
  static constexpr double log2_e = 1.4426950408889634, ln2_high = 0x1.62e42feep-1,
                          ln2_low = 1.9082149292705877e-10;
  static constexpr double lowest = -746., highest = 710., lowest_normal = -708., vanishing = 709.,
                          widest = 1e9;
  static constexpr double tail[] = {
      0.5000000000000011,    0.16666666666666405,    0.041666666666528254,  0.00833333333349787,
      0.0013888888944221162, 0.00019841269500998535, 2.480149240919714e-05, 2.7557589762923994e-06,
      2.763051806556764e-07, 2.4999485420089914e-08};
};

/// Added to a small number, this rounds it to an integer n and leaves n + bias in the low bits of
/// the sum: shifted to the exponent's place they are 2^n.
template <class T>
inline constexpr T exponent_shifter = float_format<T>::shifter + T(float_format<T>::bias);

/// 2^n from n + exponent_shifter, for -bias < n <= bias + 1; the largest gives inf.
template <numeric_lane V>
TAPELESS_INLINE constexpr V power_of_two(V shifted) noexcept {
  return math::from_bits<V>(math::to_bits(shifted) << float_format<scalar_of<V>>::mantissa);
}

/// e^x = (1 + fraction) * 2^exponent with |fraction| <= sqrt(2) - 1; `shifted` is the exponent as
/// power_of_two takes it.
template <class V>
struct reduced_exp {
  V fraction, exponent, shifted;
};

/// x = r + exponent ln(2) with |r| <= ln(2)/2. For |x| < widest, far beyond the range of e^x: the
/// exponent is exact, r as exact as x is.
template <class V>
struct reduced_argument {
  V r, exponent, shifted;
};

template <numeric_lane V>
TAPELESS_INLINE constexpr reduced_argument<V> reduce_argument(V x) noexcept {
  using T = scalar_of<V>;
  using C = exp_constants<T>;
  const V shifter(exponent_shifter<T>);
  const V shifted = math::fma(x, V(C::log2_e), shifter), n = shifted - shifter;
  return {math::fnma(n, V(C::ln2_low), math::fnma(n, V(C::ln2_high), x)), n, shifted};
}

template <numeric_lane V>
TAPELESS_INLINE constexpr reduced_exp<V> reduce_exp(V x) noexcept {
  const auto [r, n, shifted] = detail::reduce_argument(x);
  const V tail = math::estrin(r, exp_constants<scalar_of<V>>::tail);
  return {math::fma(r * r, tail, r), n, shifted};
}

}  // namespace detail

/// e^x. exp(-inf) = 0, exp(inf) = inf, gradual underflow.
/// Accuracy: 1.1 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V exp(V x) noexcept {
  using C = detail::exp_constants<scalar_of<V>>;
  const auto [fraction, n, shifted] =
      detail::reduce_exp(math::clamp(x, V(C::lowest), V(C::highest)));
  return math::scale2(V(1) + fraction, n);
}

/// The integer k, as a number, for which e^x = f * 2^k with f in [sqrt(1/2), sqrt(2)], up to
/// rounding. |x| above 2e6 (float) or 1e9 (double): k as near as numbers of its size are.
template <numeric_lane V>
TAPELESS_INLINE constexpr V exp_exponent(V x) noexcept {
  const V shifter(detail::exponent_shifter<scalar_of<V>>);
  return math::fma(x, V(detail::exp_constants<scalar_of<V>>::log2_e), shifter) - shifter;
}

/// e^x / 2^m for an integer m >= exp_exponent(x): never overflows, whatever x. Unlike exp(x - c)
/// it needs m at its end only, which a maximum over a row takes its time to give. Results below
/// 2^-126 in float and 2^-1022 in double may be flushed to zero.
/// Accuracy: 1.4 ulp for |x| up to 2e6 (float), 1e9 (double), beyond within a factor of sqrt(2).
template <numeric_lane V>
TAPELESS_INLINE constexpr V exp_scaled(V x, V m) noexcept {
  using T = scalar_of<V>;
  using C = detail::exp_constants<T>;
  const auto [rest, n, shifted] = detail::reduce_argument(x);
  // Not `less than`: NaN keeps its own rest.
  const V r = math::zero_where(math::abs(x) >= V(C::widest), rest);
  const V tail = math::estrin(r, C::tail);
  if constexpr (requires { lane_traits<V>::scale2(x, n); }) {
    return math::scale2_normal(math::fma(r * r, tail, V(1) + r), n - m);
  } else {
    // 2^-bias is 0 in bits. NaN, from infinities, would not come through the bits.
    const V d = math::at_least(n - m, V(T(-float_format<T>::bias)));
    return math::scale2_normal(math::fma(r * r, tail, math::fma(d, V(0), V(1)) + r), d);
  }
}

/// e^x - 1 without cancellation near zero. expm1(-inf) = -1.
/// Accuracy: 1.8 ulp in float, 2.3 ulp in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V expm1(V x) noexcept {
  using T = scalar_of<V>;
  using C = detail::exp_constants<T>;
  const auto [fraction, n, shifted] =
      detail::reduce_exp(math::clamp(x, V(C::lowest_normal), V(C::highest)));
  // Half of 2^n, because 2^n alone overflows where e^x does not yet.
  const V half = math::scale2_normal(V(1), n - V(1));
  const V y = math::fma(fraction, half, half - V(T(0.5)));
  const V tiny(tapeless::detail::limits<T>::epsilon / T(4));
  return math::select(math::abs(x) < tiny, x, math::scale2_normal(y, V(1)));
}

/// The logistic function 1 / (1 + e^-x), as e^-|x| / (1 + e^-|x|) below 0. Results below 2^-126 in
/// float and 2^-1022 in double are flushed to zero: a saturated gate must not make denormals.
/// Accuracy: 2.5 ulp in float, 2.4 ulp in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V sigmoid(V x) noexcept {
  using C = detail::exp_constants<scalar_of<V>>;
  const V below = math::at_least(-math::abs(x), V(-C::vanishing));
  const auto [fraction, n, shifted] = detail::reduce_exp(below);
  // What is divided: 1, or e^-|x| = power (1 + fraction). Chosen before the fraction is there.
  const V power = detail::power_of_two(shifted);
  const auto positive = x >= V(0);
  const V factor = math::zero_where(positive, power);
  const V first = factor + math::to_number(positive, V(0));
  return math::fma(fraction, factor, first) / math::fma(fraction, power, V(1) + power);
}

}  // namespace tapeless::math
