#pragma once
// tanh.

#include <cstddef>
#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

/// |x| divided into 16 intervals, for lanes that can look 16 floats up at once. They are those of
/// the two highest mantissa bits and the exponent of |x| + 0.625, which makes them narrow where
/// tanh bends; the last ends at `bound`. Fits of our own, by bench/fit_fast.py.
struct tanh_intervals {
  static constexpr float offset = 0.625f, bound = 9.05f;
  static constexpr int shift = 21;

  /// For each interval a centre, and tanh(centre + d) = c0 + c1 d + ... + c5 d^5 to 2^-24.3. The
  /// centres are chosen so that c0 is next to exact.
  alignas(64) static constexpr float quintic[7][16] = {
      {1.62498569f, 2.12505913f, 2.62498093f, 3.1250658f, 3.87496877f, 4.87498236f, 5.87485695f,
       6.87485695f, 8.21278572f, 0.f, 0.187501088f, 0.312504888f, 0.499999404f, 0.750006378f,
       1.00003028f, 1.25002086f},
      {0.925344169f, 0.971876025f, 0.989559352f, 0.996147037f, 0.999138832f, 0.999883413f,
       0.999984205f, 0.999997854f, 0.999999881f, 0.f, 0.18533425f, 0.302714169f, 0.462116688f,
       0.635152757f, 0.761606872f, 0.84828949f},
      {0.143738046f, 0.0554569811f, 0.0207722913f, 0.00769108394f, 0.0017216421f, 0.000233166516f,
       3.1565829e-05f, 4.27202895e-06f, 2.94120213e-07f, 1.f, 0.965651214f, 0.908364117f,
       0.78644824f, 0.596580982f, 0.419954956f, 0.280404925f},
      {-0.133014321f, -0.0538964123f, -0.0205543395f, -0.0076609198f, -0.00171805662f,
       -0.000232846272f, -3.1133186e-05f, -3.95526695e-06f, -6.06944354e-07f, 0.f, -0.178967863f,
       -0.274974197f, -0.363425553f, -0.378919929f, -0.319842547f, -0.237866148f},
      {0.0751787052f, 0.0338970982f, 0.0134162512f, 0.00506790495f, 0.00114334642f, 0.000155183297f,
       2.10305188e-05f, 2.84594648e-06f, 1.94836161e-07f, -0.333342671f, -0.288717419f,
       -0.219551459f, -0.0942230374f, 0.0418060496f, 0.103608817f, 0.108311728f},
      {-0.0248556267f, -0.0150244916f, -0.00648026913f, -0.0025214632f, -0.000596814847f,
       -8.13252409e-05f, -1.2604889e-05f, -2.7382323e-06f, 3.37917271e-07f, 0.000310734147f,
       0.112842388f, 0.157721117f, 0.163584068f, 0.0997251496f, 0.0281134564f, -0.0122598726f},
      {0.00110023201f, 0.00445231842f, 0.00235972647f, 0.000976015872f, 0.000236727108f,
       3.24777575e-05f, 4.36034088e-06f, 5.9294581e-07f, 4.40848105e-08f, 0.130616322f,
       0.0971650109f, 0.0459611118f, -0.0256368443f, -0.0633817241f, -0.0463191457f,
       -0.0193762165f}};
};

/// |x|, at most `bound`; NaN stays NaN.
template <numeric_lane V>
TAPELESS_INLINE constexpr V bounded_size(V x, V bound) noexcept {
  // A scalar minimum alone becomes a branch with g++.
  if constexpr (is_scalar<V>)
    return math::clamp(math::abs(x), V(0), bound);
  else
    return lane_traits<V>::min_or_second(bound, math::abs(x));
}

template <numeric_lane V>
TAPELESS_INLINE bits_of<V> tanh_interval(V size) noexcept {
  return math::to_bits(size + V(tanh_intervals::offset)) >> tanh_intervals::shift;
}

template <numeric_lane V>
TAPELESS_INLINE V tanh_by_table(V x) noexcept {
  using C = tanh_intervals;
  const V size = detail::bounded_size(x, V(C::bound));
  const bits_of<V> i = detail::tanh_interval(size);
  const auto c = [&](int k) { return lane_traits<V>::lookup(C::quintic[k], i); };
  const V d = size - c(0), square = d * d;
  const V high = math::fma(square, math::fma(d, c(6), c(5)), math::fma(d, c(4), c(3)));
  return detail::with_sign_of(math::fma(d, math::fma(d, high, c(2)), c(1)), x);
}

/// Coefficients of 1.5 (e^(2r) - 1 - 2r) / r^2, from those of exp.
template <class T>
struct tanh_constants {
  static constexpr T weight = T(1.5), bound = sizeof(T) == sizeof(float) ? T(9.1) : T(20);
  static constexpr std::size_t size = std::extent_v<decltype(exp_constants<T>::tail)>;
  T tail[size] = {};
  consteval tanh_constants() {
    T power = weight;
    for (std::size_t i = 0; i < size; ++i) {
      power *= 2;
      tail[i] = power * 2 * exp_constants<T>::tail[i];
    }
    // Minimax for e^x is a bit below 1/2, which costs more here than it gains.
    if (sizeof(T) == sizeof(float)) tail[0] = 2 * weight;
  }
};
template <class T>
inline constexpr tanh_constants<T> tanh_fit{};

template <numeric_lane V>
TAPELESS_INLINE constexpr V tanh_by_exp(V x) noexcept {
  // (e^(2a) - 1) / (e^(2a) + 1) for a = |x| = r + n ln(2) / 2, with both sides times 1.5 / 2^n:
  // the factor 1.5 keeps the denominator away from powers of two, just above which its rounding
  // would weigh most.
  using T = scalar_of<V>;
  using E = exp_constants<T>;
  using C = tanh_constants<T>;
  const V size = detail::bounded_size(x, V(C::bound));
  const V shifter(exponent_shifter<T>);
  const V shifted = math::fnma(size, V(2 * E::log2_e), shifter);
  const V minus_n = math::fence(shifted - shifter);
  const V r = math::fma(minus_n, V(E::ln2_low / 2), math::fma(minus_n, V(E::ln2_high / 2), size));
  const V fraction = math::fma(r, V(2 * C::weight), (r * r) * math::estrin(r, tanh_fit<T>.tail));
  const V gap = V(2 * C::weight) * detail::power_of_two(shifted);
  const V upper = fraction + math::fnma(gap, V(T(0.5)), V(C::weight));
  return detail::with_sign_of(upper / (upper + gap), x);
}

}  // namespace detail

/// Hyperbolic tangent.
/// Accuracy: 2.0 ulp in float (1.3 ulp on AVX-512), 2.2 ulp in double; 2.7 and 2.9 ulp without a
/// fused multiply-add.
template <numeric_lane V>
TAPELESS_INLINE constexpr V tanh(V x) noexcept {
  if constexpr (looks_up<V>)
    return detail::tanh_by_table(x);
  else
    return detail::tanh_by_exp(x);
}

}  // namespace tapeless::math
