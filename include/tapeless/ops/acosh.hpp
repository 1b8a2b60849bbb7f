#pragma once
// Inverse hyperbolic cosine.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sqrt.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = ln(x + (x^2 - 1)^(1/2)); NaN for x < 1.
struct acosh : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "acosh";
  static constexpr double flops = 50;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::acosh(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy / math::sqrt(x * x - V(1));
  }
};

namespace math {
template <symbolic V>
constexpr V acosh(V x) {
  return apply<tapeless::acosh>(x);
}
}  // namespace math

}  // namespace tapeless
