#pragma once
// The error function.

#include <tapeless/core/lane.hpp>
#include <tapeless/core/math_exp.hpp>
#include <tapeless/core/math_polynomial.hpp>

namespace tapeless::math {
namespace detail {

// Minimax fits of our own; the comments give what is fitted, where, and how well.

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
TAPELESS_INLINE constexpr V erf_float_body(V x) noexcept {
  using C = erf_float;
  const V size = math::clamp(math::abs(x), V(0), V(C::bound));
  const auto [fraction, n, shifted] = detail::reduce_exp(-size * math::estrin(size, C::far_fit));
  const V far = math::fnma(V(1) + fraction, detail::power_of_two(shifted), V(1));
  const V near = math::fma(size, math::estrin(size * size, C::near_fit), size);
  return math::copysign(math::select(size > V(C::near), far, near), x);
}

template <numeric_lane V>
TAPELESS_INLINE constexpr V erf_double_body(V x) noexcept {
  using C = erf_double;
  const V size = math::clamp(math::abs(x), V(0), V(C::bound));
  const V square = size * size;
  const auto [fraction, n, shifted] = detail::reduce_exp(-square);
  const V bell = (V(1) + fraction) * detail::power_of_two(shifted);
  const auto is_far = size > V(1);
  const V upper = math::select(is_far, bell * math::estrin(size, C::far_p),
                               size * math::horner(square, C::near_p));
  const V lower =
      math::select(is_far, math::estrin(size, C::far_q), math::horner(square, C::near_q));
  const V y = upper / lower;
  return math::copysign(math::select(is_far, V(1) - y, y), x);
}

}  // namespace detail

/// The error function 2 / sqrt(pi) * integral of e^(-t^2) from 0 to x.
/// Accuracy: 1.9 ulp in float, 3.1 ulp in double.
template <numeric_lane V>
TAPELESS_INLINE constexpr V erf(V x) noexcept {
  if constexpr (sizeof(scalar_of<V>) == sizeof(float))
    return detail::erf_float_body(x);
  else
    return detail::erf_double_body(x);
}

}  // namespace tapeless::math
