#pragma once
// tanh and erf.

#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

/// Odd functions that saturate at +-1 as x P(x^2) / Q(x^2) up to `bound`; minimax fits of our own.
/// All coefficients are positive, so that neither sum cancels.
struct tanh_float {
  static constexpr float bound = 9.02f;
  static constexpr float p[] = {1.0f, 0.137853637f, 0.00400850875f, 3.15890611e-05f,
                                5.07622389e-08f};
  static constexpr float q[] = {
      1.0f, 0.471186966f, 0.0277375113f, 0.000420740718f, 1.61748562e-06f, 7.37443995e-10f};
};

struct erf_float {
  static constexpr float bound = 3.93f;
  static constexpr float p[] = {1.12837911f,    0.190783545f,    0.0527902506f,
                                0.00377959781f, 0.000284808513f, 2.04197477e-06f};
  static constexpr float q[] = {1.0f,          0.502410233f,   0.114257403f,
                                0.0149974143f, 0.00116521027f, 3.80041129e-05f};
};

template <class Fit, numeric_lane V>
TAPELESS_INLINE constexpr V saturating_odd(V x) noexcept {
  const V bounded = math::clamp(x, V(-Fit::bound), V(Fit::bound));
  const V square = bounded * bounded;
  const V y = (bounded * math::estrin(square, Fit::p)) / math::estrin(square, Fit::q);
  return math::clamp(y, V(-1), V(1));
}

}  // namespace detail

/// Hyperbolic tangent.
template <numeric_lane V>
TAPELESS_INLINE constexpr V tanh(V x) noexcept {
  using T = scalar_of<V>;
  if constexpr (sizeof(T) == sizeof(float)) {
    return detail::saturating_odd<detail::tanh_float>(x);
  } else {
    // -t / (2 + t) with t = e^(-2|x|) - 1; beyond 20 the result rounds to 1.
    const V doubled = math::clamp(math::abs(x) * V(-2), V(-40), V(0));
    const auto [fraction, n] = detail::reduce_exp(doubled);
    const V power = math::scale2_normal(V(1), n);
    const V t = math::fma(fraction, power, power - V(1));
    return math::select(math::abs(x) < V(T(1e-9)), x, math::copysign(t / (V(2) + t), x));
  }
}

}  // namespace tapeless::math
