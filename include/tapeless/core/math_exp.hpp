#pragma once
// exp and its relatives.

#include <limits>
#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

/// Constants of exp for one scalar format: `vanishing` is the first whole x whose e^-x is below all
/// normal numbers, `widest` bounds what exp_scaled reduces, `widest_level` what has a level of
/// its own and `widest_rest` what that leaves. `tail` is (e^r - 1 - r) / r^2 on |r| <=
/// ln(2)/2, a minimax fit of our own; ln(2) is split so that n * ln2_high is exact for every
/// exponent n.
template <class T>
struct exp_constants;

template <>
struct exp_constants<float> {
  static constexpr float log2_e = 1.44269504f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  static constexpr float ln2 = 0.693147182f, widest_rest = 40.f;
  static constexpr float lowest = -104.f, highest = 89.f, lowest_normal = -87.f, vanishing = 88.f,
                         widest = 2e6f;
  static constexpr float tail[] = {0.49999997f, 0.16666542f, 0.0416672081f, 0.00836664811f,
                                   0.00138823525f};
};

template <>
struct exp_constants<double> {
  static constexpr double log2_e = 1.4426950408889634, ln2_high = 0x1.62e42feep-1,
                          ln2_low = 1.9082149292705877e-10;
  static constexpr double ln2 = 0.69314718055994531, widest_level = 0x1p58, widest_rest = 40.;
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
  x = math::fence(x);
  const V shifted = math::fma(x, V(C::log2_e), shifter), n = math::fence(shifted - shifter);
  return {math::fnma(n, V(C::ln2_low), math::fnma(n, V(C::ln2_high), x)), n, shifted};
}

/// A scalar constant as the sum of two numbers of half of its digits.
template <class T>
struct two_halves {
  static constexpr auto mask = float_format<T>::mantissa_mask >>
                               ((float_format<T>::mantissa - 1) / 2);
  T high, low;
  consteval explicit two_halves(T x)
      : high{lane_traits<T>::from_bits(lane_traits<T>::to_bits(x) & ~mask)}, low{x - high} {}
};

/// x - a * 2 ln2 with one rounding where x is near a * 2 ln2. Then the difference is a number of V,
/// as long as a is a multiple of 1/2 or of the last place of x.
template <numeric_lane V>
TAPELESS_INLINE constexpr V less_twice_ln2(V x, V a) noexcept {
  using T = scalar_of<V>;
  constexpr T twice = 2 * exp_constants<T>::ln2;
  if constexpr (requires { lane_traits<V>::fnma_once(a, a, x); }) {
    return lane_traits<V>::fnma_once(a, V(twice), x);
  } else if constexpr (std::is_same_v<V, float>) {
    return static_cast<float>(static_cast<double>(x) -
                              static_cast<double>(a) * static_cast<double>(twice));
  } else {
    // All products are exact, and so are the differences in this order.
    constexpr two_halves<T> part(twice);
    const V high = math::from_bits<V>(math::to_bits(a) & ~bits_of<V>(two_halves<T>::mask));
    const V low = math::fence(a - high);
    V rest = math::fence(math::fence(x) - high * V(part.high));
    rest = math::fence(rest - low * V(part.high));
    rest = math::fence(rest - high * V(part.low));
    return math::fence(rest - low * V(part.low));
  }
}

/// y >= 0 with the sign bit of x.
template <numeric_lane V>
TAPELESS_INLINE constexpr V with_sign_of(V y, V x) noexcept {
  const bits_of<V> sign(float_format<scalar_of<V>>::sign);
  return math::from_bits<V>(math::to_bits(y) | (math::to_bits(x) & sign));
}

/// x - level * 2 ln2 for the level of x, bounded. The bounds take the place of the NaN that an
/// infinite x has here; else they matter only where neighbouring numbers differ by 64 or more.
template <numeric_lane V>
TAPELESS_INLINE constexpr V level_rest(V x, V level) noexcept {
  using C = exp_constants<scalar_of<V>>;
  const V above = lane_traits<V>::max_or_second(less_twice_ln2(x, level), V(-C::widest_rest));
  return lane_traits<V>::min_or_second(above, V(C::widest_rest));
}

/// x - n ln2 for a whole |n| below 2^8.
template <numeric_lane V>
TAPELESS_INLINE constexpr V less_small_ln2(V x, V n) noexcept {
  using C = exp_constants<scalar_of<V>>;
  if constexpr (requires { lane_traits<V>::fnma_once(n, n, x); })
    return lane_traits<V>::fnma_once(n, V(C::ln2), x);
  else
    return math::fnma(n, V(C::ln2 - C::ln2_high), math::fnma(n, V(C::ln2_high), x));
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

/// e^x for x <= 0, which needs fewer steps; 0 from the first results on that are below all normal
/// numbers, which no sum with a 1 in it misses. 0 for -inf, NaN for NaN.
/// Accuracy: 1.1 ulp in float and in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V exp_decay(V x) noexcept {
  using T = scalar_of<V>;
  using C = detail::exp_constants<T>;
  if constexpr (is_scalar<V>)
    if (__builtin_is_constant_evaluated() && x < C::lowest_normal) return T(0);
  const auto [r, n, shifted] = detail::reduce_argument(x);
  const V y = math::scale2_normal(math::fma(r * r, math::estrin(r, C::tail), V(1) + r), n);
  // Bounds after the fact: a bound on x would stand at the head of the chain. NaN is not below.
  return math::zero_where(x < V(C::lowest_normal), y);
}

/// Half of the binary exponent of e^x: the multiple q of 1/2 for which e^x = f * 4^q with f in
/// [sqrt(1/2), sqrt(2)], up to rounding. Half of it, so that it is finite for every finite x. |x|
/// above 5.8e6 (float) or 3.1e15 (double): q as near as numbers of its size are, and in double
/// above 2.8e17, where neighbours differ by 64 or more, x itself: else the rounding of log2(e)
/// could give two of them one level and rests of one sign. q never falls where x grows.
template <numeric_lane V>
TAPELESS_INLINE constexpr V exp_level(V x) noexcept {
  using T = scalar_of<V>;
  using F = float_format<T>;
  // Of the sign of x: a difference would have finer steps than 1/2 for some x.
  constexpr T integer_base = T(F::mantissa_mask) + T(1);
  const V shifter = detail::with_sign_of(V(integer_base / 2), x);
  const V raised = math::fma(x, V(detail::exp_constants<T>::log2_e / 2), shifter);
  const V level = math::fence(raised - shifter);
  if constexpr (sizeof(T) == sizeof(float))
    return level;
  else
    return math::select(math::abs(x) < V(detail::exp_constants<T>::widest_level), level, x);
}

/// ln f for the level of x, at most 40 in size: x - level * 2 ln 2, where ln 2 is the one number
/// that levels are counted by, so that the rest is right however large x is.
template <numeric_lane V>
TAPELESS_INLINE constexpr V exp_level_rest(V x, V level) noexcept {
  return detail::level_rest(x, level);
}

/// e^x / 4^level for a level >= exp_level(x), such as the greatest of several: never overflows, and
/// the ratio of two of one level is e to their difference, however large both are. Unlike
/// exp(x - c) it needs the level at its end only, which a maximum over a row takes its time to
/// give. Results below 2^-126 in float and 2^-1022 in double may be flushed to zero. 0 for -inf,
/// NaN where x or the level is NaN and where both are infinite.
/// Accuracy: 1.2 ulp, and 1 ulp more for each 20 (float) or 3 (double) that x lies below the level;
/// beyond |x| = 5.3e8 (float) or 2.8e17 (double) within e^-46 of the greatest x.
template <numeric_lane V>
TAPELESS_INLINE constexpr V exp_from_level(V x, V level) noexcept {
  using T = scalar_of<V>;
  using C = detail::exp_constants<T>;
  // |rest| is at most some ln(2)/2 for |x| up to 5.8e6 (float) or 3.1e15 (double). Numbers beyond
  // have coarser levels, and a rest that is reduced once more.
  const V own = math::exp_level(x);
  if constexpr (is_scalar<V>)  // constant expressions have no NaN on the way, and do not overflow
    if (__builtin_is_constant_evaluated() && own / 2 - level / 2 < T(-float_format<T>::bias))
      return T(0);
  const V rest = detail::level_rest(x, own);
  const V shifter(float_format<T>::shifter);
  const V n = math::fence(math::fma(rest, V(C::log2_e), shifter) - shifter);
  const V r = detail::less_small_ln2(rest, n);
  const V f = math::fma(r * r, math::estrin(r, C::tail), V(1) + r);
  const V exponent = math::fma(math::fence(own - level), V(2), n);
  if constexpr (requires { lane_traits<V>::scale2(x, n); }) {
    return math::scale2_normal(f, exponent);
  } else {
    // 2^-bias is 0 in bits. NaN, from infinities, would not come through the bits.
    const V d = math::at_least(exponent, V(T(-float_format<T>::bias)));
    return math::scale2_normal(math::fma(d, V(0), f), d);
  }
}

/// The integer k, as a number, for which e^x = f * 2^k with f in [sqrt(1/2), sqrt(2)], up to
/// rounding. |x| above 2e6 (float) or 1e9 (double): k as near as numbers of its size are.
template <numeric_lane V>
TAPELESS_INLINE constexpr V exp_exponent(V x) noexcept {
  const V shifter(detail::exponent_shifter<scalar_of<V>>);
  return math::fence(math::fma(x, V(detail::exp_constants<scalar_of<V>>::log2_e), shifter) -
                     shifter);
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
  const V y = math::fma(fraction, half, math::fence(half - V(T(0.5))));
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
