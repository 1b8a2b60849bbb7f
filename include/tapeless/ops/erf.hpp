#pragma once
// Error function.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = 2 / sqrt(pi) times the integral of e^-t^2 from 0 to x.
struct erf : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "erf";
  static constexpr double flops = 25;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::erf(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * math::erf_slope(x);
  }
};

/// y = 2 / sqrt(pi) e^-x^2, the derivative of erf.
struct erf_slope {
  static constexpr const char* name = "erf_slope";
  static constexpr double flops = 25;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::erf_slope(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V y) {
    return dy * (V(-2) * (x * y));
  }
};

namespace math {
constexpr value erf(value x) { return apply<tapeless::erf>(x); }
constexpr value erf_slope(value x) { return apply<tapeless::erf_slope>(x); }
}  // namespace math

}  // namespace tapeless
