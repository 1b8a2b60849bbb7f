#pragma once
// Exponential.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = e^x.
struct exp : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "exp";
  static constexpr double flops = 15;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::exp(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V y) {
    return dy * y;
  }
};

namespace math {
constexpr value exp(value x) { return apply<tapeless::exp>(x); }
}  // namespace math

}  // namespace tapeless
