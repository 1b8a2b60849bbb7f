#pragma once
// Logistic function, cheaper.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = 1 / (1 + e^-x) by a short fit; 0 < y < 1.
/// Accuracy: as math::sigmoid_fast; the derivative is that of sigmoid, in terms of y.
struct sigmoid_fast : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "sigmoid_fast";
  static constexpr double flops = 12;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::sigmoid_fast(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V y) {
    return dy * (y * (V(1) - y));
  }
};

namespace math {
constexpr value sigmoid_fast(value x) { return apply<tapeless::sigmoid_fast>(x); }
}  // namespace math

}  // namespace tapeless
