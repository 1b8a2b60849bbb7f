#pragma once
// tanh and erf: odd functions that saturate at -1 and 1.

#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

// Minimax fits of our own; the comments give what is fitted, where, and how well.

/// (tanh(x) / x - 1) / x^2 in x^2 on |x| <= near, 2^-29.
struct tanh_float {
  static constexpr float near = 0.55f;
  static constexpr float fit[] = {-0.333333194f, 0.133326143f, -0.0538549609f, 0.0210817531f,
                                  -0.00628756778f};
};

/// erf(x) / x - 1 in x^2 on |x| <= near and -log(1 - erf(x)) / x on [near, 3.93], 2^-26 and 2^-28
/// in terms of erf.
struct erf_float {
  static constexpr float near = 0.9f, bound = 3.93f;
  static constexpr float near_fit[] = {0.12837911f,    -0.376125246f,  0.112821415f,
                                       -0.0267789159f, 0.00501196645f, -0.000609035604f};
  static constexpr float far_fit[] = {1.12851989f,    0.635699391f,   0.105286814f,
                                      -0.0229059998f, 0.00321996515f, -0.000214593689f};
};

/// erf(x) = x P(x^2) / Q(x^2) on [0, 1] and 1 - erf(x) = e^(-x^2) P(x) / Q(x) on [1, bound], 2^-58.
/// All coefficients are positive, so that no sum cancels.
struct erf_double {
  static constexpr double bound = 5.95;
  static constexpr double near_p[] = {1.1283791670955126, 0.14214929038760518, 0.045303905071464826,
                                      0.0018272941283102755, 0.00019495599693285243};
  static constexpr double near_q[] = {1.0,
                                      0.4593098619088316,
                                      0.09325282780544268,
                                      0.010582210810903917,
                                      0.00068121554082677,
                                      2.0297400540741676e-05};
  static constexpr double far_p[] = {0.9999998890629,     1.3901071062750823,
                                     0.9489363133148051,  0.37325033796425655,
                                     0.08423775102291695, 0.008913619875797172};
  static constexpr double far_q[] = {1.0,
                                     2.5184851030065527,
                                     2.7907483236927333,
                                     1.756021410728841,
                                     0.66952830837435,
                                     0.14930359722941738,
                                     0.015799103212802115};
};

template <numeric_lane V>
TAPELESS_INLINE constexpr V tanh_float_body(V x) noexcept {
  // 1 - 2 / (e^(2|x|) + 1), which is 1 from 9.02 on, and an odd polynomial where that cancels.
  const V size = math::clamp(math::abs(x), V(0), V(9.1f));
  const auto [fraction, n] = detail::reduce_exp(size + size);
  const V power = math::scale2_normal(V(1) + fraction, n);
  const V far = V(1) - V(2) / (power + V(1));
  const V square = size * size;
  const V near = math::fma(size, square * math::estrin(square, tanh_float::fit), size);
  return math::copysign(math::select(size > V(tanh_float::near), far, near), x);
}

template <numeric_lane V>
TAPELESS_INLINE constexpr V tanh_double_body(V x) noexcept {
  // t / (2 - t) with t = 1 - e^(-2|x|), which is 1 from 20 on.
  const V size = math::clamp(math::abs(x), V(0), V(20));
  const auto [fraction, n] = detail::reduce_exp(V(-2) * size);
  const V power = math::scale2_normal(V(1), n);
  const V t = math::fnma(fraction, power, V(1) - power);
  return math::copysign(math::select(size < V(1e-9), size, t / (V(2) - t)), x);
}

template <numeric_lane V>
TAPELESS_INLINE constexpr V erf_float_body(V x) noexcept {
  using C = erf_float;
  const V size = math::clamp(math::abs(x), V(0), V(C::bound));
  const auto [fraction, n] = detail::reduce_exp(-size * math::estrin(size, C::far_fit));
  const V far = V(1) - math::scale2_normal(V(1) + fraction, n);
  const V near = math::fma(size, math::estrin(size * size, C::near_fit), size);
  return math::copysign(math::select(size > V(C::near), far, near), x);
}

template <numeric_lane V>
TAPELESS_INLINE constexpr V erf_double_body(V x) noexcept {
  using C = erf_double;
  const V size = math::clamp(math::abs(x), V(0), V(C::bound));
  const V square = size * size;
  const auto [fraction, n] = detail::reduce_exp(-square);
  const V bell = math::scale2_normal(V(1) + fraction, n);
  const auto is_far = size > V(1);
  const V upper = math::select(is_far, bell * math::estrin(size, C::far_p),
                               size * math::horner(square, C::near_p));
  const V lower =
      math::select(is_far, math::estrin(size, C::far_q), math::horner(square, C::near_q));
  const V y = upper / lower;
  return math::copysign(math::select(is_far, V(1) - y, y), x);
}

}  // namespace detail

/// Hyperbolic tangent.
/// Accuracy: 1.5 ulp in float, 2.6 ulp in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V tanh(V x) noexcept {
  if constexpr (sizeof(scalar_of<V>) == sizeof(float))
    return detail::tanh_float_body(x);
  else
    return detail::tanh_double_body(x);
}

/// The error function 2 / sqrt(pi) * integral of e^(-t^2) from 0 to x.
/// Accuracy: 1.9 ulp in float, 3.4 ulp in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V erf(V x) noexcept {
  if constexpr (sizeof(scalar_of<V>) == sizeof(float))
    return detail::erf_float_body(x);
  else
    return detail::erf_double_body(x);
}

}  // namespace tapeless::math
