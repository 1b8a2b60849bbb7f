#pragma once
// What an operation body may be written over, and the primitives every lane supplies.

#include <concepts>
#include <cstddef>
#include <tapeless/core/config.hpp>
#include <tapeless/core/lane_scalar.hpp>

namespace tapeless {

/// The scalar behind a lane: `float` for `float` and for a batch of floats.
template <class V>
using scalar_of = typename lane_traits<V>::scalar;

/// Number of values in a lane: 1 for scalars, the batch size for batches.
template <class V>
inline constexpr std::size_t lane_width = lane_traits<V>::width;

template <class V>
inline constexpr bool is_scalar = std::floating_point<V>;

/// A constant in every lane, rounded to the lane's scalar type; for numbers that float cannot hold.
template <class V>
TAPELESS_INLINE constexpr V rounded(double x) noexcept {
  if constexpr (requires { typename lane_traits<V>::scalar; })
    return V(static_cast<scalar_of<V>>(x));
  else
    return V(x);
}

/// A value that operation bodies are written over: a scalar, a batch, or a recorded graph value.
/// Arithmetic is by operators; everything else goes through `tapeless::math`.
template <class V>
concept lane = requires(V a, V b) {
  typename lane_traits<V>::scalar;
  V(1);
  { a + b } -> std::convertible_to<V>;
  { a - b } -> std::convertible_to<V>;
  { a* b } -> std::convertible_to<V>;
  { a / b } -> std::convertible_to<V>;
  { -a } -> std::convertible_to<V>;
};

/// A lane that holds numbers now (a scalar or a batch), so that its bits can be taken apart.
template <class V>
concept numeric_lane = lane<V> && requires {
  typename lane_traits<V>::bits;
};

/// Unsigned integers as wide as the scalar, one for each value of a lane.
template <numeric_lane V>
using bits_of = typename lane_traits<V>::bits;

/// A float lane with an instruction that looks every value up in a table of 16 by the lowest four
/// bits of an index: `lane_traits<V>::lookup(table, indices)`.
template <class V>
concept looks_up = numeric_lane<V> && requires(const float (&table)[16], bits_of<V> indices) {
  { lane_traits<V>::lookup(table, indices) } -> std::same_as<V>;
};

namespace math {

/// `mask ? a : b`, value by value; both sides are evaluated.
template <class Mask, numeric_lane V>
requires requires(Mask mask, V a) { lane_traits<V>::select(mask, a, a); }
TAPELESS_INLINE constexpr V select(Mask mask, V a, V b) noexcept {
  return lane_traits<V>::select(mask, a, b);
}

/// 1 where `mask` holds and 0 elsewhere, as the lane type of the second argument.
template <class Mask, numeric_lane V>
TAPELESS_INLINE constexpr V to_number(Mask mask, V) noexcept {
  return lane_traits<V>::to_number(mask);
}

/// 0 where `mask` holds and x elsewhere.
template <class Mask, numeric_lane V>
TAPELESS_INLINE constexpr V zero_where(Mask mask, V x) noexcept {
  if constexpr (requires { lane_traits<V>::zero_where(mask, x); })
    return lane_traits<V>::zero_where(mask, x);
  else
    return math::select(mask, V(scalar_of<V>(0)), x);
}

/// Whether a and b differ; NaN differs from everything. The operator != of wide vectors says no for
/// NaN.
template <numeric_lane V>
TAPELESS_INLINE constexpr auto differ(V a, V b) noexcept {
  return !(a == b);
}

/// x, rounded as it is written, whatever the compiler may do to sums otherwise (-ffast-math). For
/// sums whose rounding is the point: range reductions, and what a sum lost. Costs nothing.
template <numeric_lane V>
TAPELESS_INLINE constexpr V fence(V x) noexcept {
  if constexpr (requires { lane_traits<V>::fence(x); })
    return lane_traits<V>::fence(x);
  else
    return x;
}

/// a * b + c, with one rounding where the hardware has it and two elsewhere.
template <numeric_lane V>
TAPELESS_INLINE constexpr V fma(V a, V b, V c) noexcept {
  return lane_traits<V>::fma(a, b, c);
}

/// c - a * b, with one rounding where the hardware has it and two elsewhere.
template <numeric_lane V>
TAPELESS_INLINE constexpr V fnma(V a, V b, V c) noexcept {
  return lane_traits<V>::fnma(a, b, c);
}

template <numeric_lane V>
TAPELESS_INLINE constexpr V abs(V x) noexcept {
  return lane_traits<V>::abs(x);
}

/// Correctly rounded square root; NaN below zero, -0 for -0.
template <numeric_lane V>
TAPELESS_INLINE constexpr V sqrt(V x) noexcept {
  return lane_traits<V>::sqrt(x);
}

/// a / b to 2 ulp for |b| in [2^-100, 2^100], and as a / b where b is 0, infinite or NaN: by an
/// estimate of 1 / b and a Newton step where the lane has one that is cheaper than a division.
template <numeric_lane V>
TAPELESS_INLINE constexpr V divide_fast(V a, V b) noexcept {
  if constexpr (requires { lane_traits<V>::reciprocal_estimate(b); }) {
    const V estimate = lane_traits<V>::reciprocal_estimate(b);
    // The step is a factor next to 1, but NaN where b is 0 or infinite, and -inf where it is
    // denormal: there the estimate alone is right.
    const V factor = math::fnma(b, estimate, V(2));
    return (a * estimate) * lane_traits<V>::max_or_second(factor, V(scalar_of<V>(0.5)));
  } else {
    return a / b;
  }
}

/// The smaller of both; NaN if either is NaN.
template <numeric_lane V>
TAPELESS_INLINE constexpr V min(V a, V b) noexcept {
  return math::select(a == a, lane_traits<V>::min_or_second(a, b), a);
}

/// The larger of both; NaN if either is NaN.
template <numeric_lane V>
TAPELESS_INLINE constexpr V max(V a, V b) noexcept {
  return math::select(a == a, lane_traits<V>::max_or_second(a, b), a);
}

/// The larger of x and a bound; NaN stays NaN. The bound must not be NaN.
template <numeric_lane V>
TAPELESS_INLINE constexpr V at_least(V x, V bound) noexcept {
  return lane_traits<V>::max_or_second(bound, x);
}

/// The larger of two numbers; either of them if one is NaN.
template <numeric_lane V>
TAPELESS_INLINE constexpr V max_of_numbers(V a, V b) noexcept {
  return lane_traits<V>::max_or_second(a, b);
}

/// x bounded to [low, high]; NaN stays NaN. The bounds must not be NaN.
template <numeric_lane V>
TAPELESS_INLINE constexpr V clamp(V x, V low, V high) noexcept {
  return lane_traits<V>::clamp(x, low, high);
}

/// The bit pattern of each value.
template <numeric_lane V>
TAPELESS_INLINE constexpr bits_of<V> to_bits(V x) noexcept {
  return lane_traits<V>::to_bits(x);
}

/// The values with the given bit patterns.
template <numeric_lane V>
TAPELESS_INLINE constexpr V from_bits(bits_of<V> b) noexcept {
  return lane_traits<V>::from_bits(b);
}

/// Binary layout of the scalar format, and the number that moves integers into the low mantissa
/// bits.
template <class T>
struct float_format;

template <>
struct float_format<float> {
  static constexpr int mantissa = 23, bias = 127;
  static constexpr std::uint32_t sign = 0x80000000u, mantissa_mask = 0x007fffffu;
  static constexpr float shifter = 0x1.8p23f;
};

template <>
struct float_format<double> {
  static constexpr int mantissa = 52, bias = 1023;
  static constexpr std::uint64_t sign = 1ull << 63, mantissa_mask = (1ull << 52) - 1;
  static constexpr double shifter = 0x1.8p52;
};

/// |magnitude| with the sign bit of `sign`.
template <numeric_lane V>
TAPELESS_INLINE constexpr V copysign(V magnitude, V sign) noexcept {
  using B = bits_of<V>;
  const B mask(float_format<scalar_of<V>>::sign);
  return math::from_bits<V>((math::to_bits(magnitude) & ~mask) | (math::to_bits(sign) & mask));
}

/// x with the other sign, zeros too. The operator - of the widest vectors makes no -0.
template <numeric_lane V>
TAPELESS_INLINE constexpr V negate(V x) noexcept {
  return math::from_bits<V>(math::to_bits(x) ^ bits_of<V>(float_format<scalar_of<V>>::sign));
}

/// The nearest integer, ties to even, for |x| < 2^22 (float) or 2^51 (double).
template <numeric_lane V>
TAPELESS_INLINE constexpr V round_small(V x) noexcept {
  const V shifter(float_format<scalar_of<V>>::shifter);
  return math::fence(x + shifter) - shifter;
}

/// The nearest integer, ties to even; values that are too large for a fraction, inf and NaN pass.
template <numeric_lane V>
TAPELESS_INLINE constexpr V round(V x) noexcept {
  using T = scalar_of<V>;
  const V limit(T(float_format<T>::mantissa_mask) + T(1));
  const V size = math::abs(x);
  // The sign goes on last: clang 19 for AVX-512 miscompiles select(mask, copysign(y, x), x).
  return math::copysign(math::select(size < limit, math::fence(size + limit) - limit, size), x);
}

/// x * 2^n for an integral n for which 2^n is a normal number.
template <numeric_lane V>
TAPELESS_INLINE constexpr V scale2_normal(V x, V n) noexcept {
  if constexpr (requires { lane_traits<V>::scale2(x, n); }) {
    return lane_traits<V>::scale2(x, n);
  } else {
    using F = float_format<scalar_of<V>>;
    const V biased = n + V(F::shifter + scalar_of<V>(F::bias));
    return x * math::from_bits<V>(math::to_bits(biased) << F::mantissa);
  }
}

/// x * 2^n for an integral |n| up to twice the largest exponent. The factor is applied in two
/// halves, so that results overflow to inf and underflow through the denormals as they should.
template <numeric_lane V>
TAPELESS_INLINE constexpr V scale2(V x, V n) noexcept {
  if constexpr (requires { lane_traits<V>::scale2(x, n); }) {
    return lane_traits<V>::scale2(x, n);
  } else {
    using T = scalar_of<V>;
    using F = float_format<T>;
    const bits_of<V> biased = math::to_bits(n + V(F::shifter + T(2 * F::bias)));
    const bits_of<V> half = biased >> 1;
    const V partial = x * math::from_bits<V>(half << F::mantissa);
    const V rest = math::from_bits<V>((biased - half) << F::mantissa);
    // A constant expression must not overflow: say inf instead of computing it.
    if constexpr (is_scalar<V>)
      if (__builtin_is_constant_evaluated() && rest > T(1) &&
          math::abs(partial) > tapeless::detail::limits<T>::max / rest)
        return math::copysign(tapeless::detail::limits<T>::infinity, x);
    return partial * rest;
  }
}

/// A positive normal number as mantissa * 2^exponent with the mantissa in [sqrt(1/2), sqrt(2)).
template <numeric_lane V>
struct split_number {
  V mantissa, exponent;
};

/// Splits positive normal numbers (anything else gives unspecified values).
template <numeric_lane V>
TAPELESS_INLINE constexpr split_number<V> split(V x) noexcept {
  using T = scalar_of<V>;
  using B = bits_of<V>;
  using F = float_format<T>;
  constexpr auto one = lane_traits<T>::to_bits(T(1));
  constexpr auto root_half = lane_traits<T>::to_bits(T(0.70710678118654752440));
  constexpr T integer_base = T(F::mantissa_mask) + T(1);
  constexpr auto integer_bits = lane_traits<T>::to_bits(integer_base);
  const B shifted = math::to_bits(x) + B(one - root_half);
  const V exponent = math::from_bits<V>((shifted >> F::mantissa) | B(integer_bits));
  return {math::from_bits<V>((shifted & B(F::mantissa_mask)) + B(root_half)),
          exponent - V(integer_base + T(F::bias))};
}

}  // namespace math
}  // namespace tapeless
