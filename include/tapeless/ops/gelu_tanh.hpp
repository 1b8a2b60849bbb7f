#pragma once
// Gaussian error linear unit, tanh approximation.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/min.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sigmoid.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).
struct gelu_tanh : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "gelu_tanh";
  static constexpr double flops = 30;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return x * math::sigmoid(argument(x));  // (1 + tanh u) / 2, which cancels below 0
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    // Beyond 24 the logistic function is 0 or 1 to all digits.
    const V b = math::min(math::max(x, V(-24)), V(24)), s = math::sigmoid(argument(b));
    const V slope = rounded<V>(twice_root) * (V(1) + rounded<V>(3 * 0.044715) * (b * b));
    return dy * (s + b * (s * (V(1) - s) * slope));
  }

 private:
  static constexpr double twice_root = 1.5957691216057307;  // 2 sqrt(2 / pi)

  template <class V>
  static TAPELESS_INLINE constexpr V argument(V x) {
    return rounded<V>(twice_root) * (x + rounded<V>(0.044715) * (x * x * x));
  }
};

namespace math {
constexpr value gelu_tanh(value x) { return apply<tapeless::gelu_tanh>(x); }
}  // namespace math

}  // namespace tapeless
