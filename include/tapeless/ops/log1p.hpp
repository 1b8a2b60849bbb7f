#pragma once
// Logarithm of 1 + x, exact near 0.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>

namespace tapeless {

/// y = ln(1 + x).
struct log1p : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "log1p";
  static constexpr double flops = 20;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::log1p(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy / (x + V(1));
  }
};

namespace math {
constexpr value log1p(value x) { return apply<tapeless::log1p>(x); }
}  // namespace math

}  // namespace tapeless
