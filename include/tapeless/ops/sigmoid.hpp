#pragma once
// Logistic function.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = 1 / (1 + e^-x).
struct sigmoid : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "sigmoid";
  static constexpr double flops = 18;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::sigmoid(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V y) {
    return dy * (y * (V(1) - y));
  }
};

namespace math {
constexpr value sigmoid(value x) { return apply<tapeless::sigmoid>(x); }
}  // namespace math

}  // namespace tapeless
