#pragma once
// Hyperbolic tangent.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = tanh x.
struct tanh : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "tanh";
  static constexpr double flops = 20;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::tanh(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V y) {
    return dy * (V(1) - y * y);
  }
};

namespace math {
constexpr value tanh(value x) { return apply<tapeless::tanh>(x); }
}  // namespace math

}  // namespace tapeless
