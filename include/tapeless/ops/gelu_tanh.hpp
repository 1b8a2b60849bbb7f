#pragma once
// Gaussian error linear unit, tanh approximation.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sub.hpp>
#include <tapeless/ops/tanh.hpp>

namespace tapeless {

/// y = x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).
struct gelu_tanh : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "gelu_tanh";
  static constexpr double flops = 30;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return V(0.5) * x * (V(1) + math::tanh(argument(x)));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V t = math::tanh(argument(x));
    const V slope = rounded<V>(0.79788456080286536) * (V(1) + rounded<V>(3 * 0.044715) * (x * x));
    return dy * (V(0.5) * (V(1) + t) + V(0.5) * x * ((V(1) - t * t) * slope));
  }

 private:
  template <class V>
  static constexpr V argument(V x) {
    return rounded<V>(0.79788456080286536) * (x + rounded<V>(0.044715) * (x * x * x));
  }
};

namespace math {
constexpr value gelu_tanh(value x) { return apply<tapeless::gelu_tanh>(x); }
}  // namespace math

}  // namespace tapeless
