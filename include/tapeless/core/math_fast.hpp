#pragma once
// Cheaper forms of tanh, the logistic function and exp, with the same relations between value and
// derivative: 1 - y^2, y (1 - y) and y are the slopes of these forms to the bounds stated. Float
// and double are evaluated by the same formula with the same constants.

#include <limits>
#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

// Fits of our own, by bench/fit_fast.py.

/// tanh(x) = x P(x^2) / Q(x^2) on |x| <= bound, 2^-14.2.
struct tanh_fast_fit {
  static constexpr float bound = 5;
  static constexpr float p[] = {0.999948025f, 0.102417447f, 0.000670557201f};
  static constexpr float q[] = {1.f, 0.435432225f, 0.012819808f};
};

/// The same for tanh(x / 2) / 2, which only moves the exponents of the constants.
struct sigmoid_fast_fit {
  using whole = tanh_fast_fit;
  static constexpr float bound = 2 * whole::bound;
  static constexpr float p[] = {whole::p[0] / 4, whole::p[1] / 16, whole::p[2] / 64};
  static constexpr float q[] = {whole::q[0], whole::q[1] / 4, whole::q[2] / 16};
};

/// 2^f on |f| <= 1/2, 2^-17.9.
struct exp_fast_fit {
  static constexpr float c[] = {0.999999285f, 0.693121791f, 0.240247443f, 0.0559178591f,
                                0.00957010128f};
};

template <class C, numeric_lane V>
TAPELESS_INLINE constexpr V odd_rational(V x) noexcept {
  using T = scalar_of<V>;
  const V bounded = math::clamp(x, V(T(-C::bound)), V(T(C::bound))), square = bounded * bounded;
  return math::divide_fast(bounded * math::horner(square, C::p), math::horner(square, C::q));
}

}  // namespace detail

/// tanh x, cheaper; |y| < 1.
/// Accuracy: 5.3e-5 relative and absolute; 1 - y^2 differs from the slope by at most 5.8e-4.
template <numeric_lane V>
TAPELESS_INLINE constexpr V tanh_fast(V x) noexcept {
  return detail::odd_rational<detail::tanh_fast_fit>(x);
}

/// 1 / (1 + e^-x) = 1/2 + tanh(x / 2) / 2, cheaper; between 0 and 1.
/// Accuracy: 2.7e-5 absolute; y (1 - y) differs from the slope by at most 1.5e-4.
template <numeric_lane V>
TAPELESS_INLINE constexpr V sigmoid_fast(V x) noexcept {
  return V(scalar_of<V>(0.5)) + detail::odd_rational<detail::sigmoid_fast_fit>(x);
}

/// e^x, cheaper. 0 below -87.7 (double: -708.8), inf above 88.37 (double: 709.43).
/// Accuracy: 4e-6 relative, 6.5e-6 without a fused multiply-add; y differs from the slope by at
/// most 2.1e-4 relative.
template <numeric_lane V>
TAPELESS_INLINE constexpr V exp_fast(V x) noexcept {
  using T = scalar_of<V>;
  using C = detail::exp_constants<T>;
  constexpr T low = sizeof(T) == sizeof(float) ? T(-88.03) : T(-709.1);
  const V bounded = math::clamp(x, V(low), V(C::highest));
  const V shifter(detail::exponent_shifter<T>);
  const V shifted = math::fma(bounded, V(C::log2_e), shifter);
  const V f = math::fma(bounded, V(C::log2_e), math::fence(shifter - shifted));
  return math::horner(f, detail::exp_fast_fit::c) * detail::power_of_two(shifted);
}

}  // namespace tapeless::math
