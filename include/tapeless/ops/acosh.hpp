#pragma once
// Inverse hyperbolic cosine.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>
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
    const V root = math::sqrt((x - V(1)) * (x + V(1)));  // -0 at -1
    // The product would be infinite before x is.
    return dy / math::select(x > V(1e9), x, math::abs(root));
  }
};

namespace math {
template <symbolic V>
constexpr V acosh(V x) {
  return apply<tapeless::acosh>(x);
}
}  // namespace math

}  // namespace tapeless
