#pragma once
// Square root.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>

namespace tapeless {

/// y = x^(1/2).
struct sqrt : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "sqrt";

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::sqrt(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V y) {
    return dy / (y + y);
  }
};

namespace math {
constexpr value sqrt(value x) { return apply<tapeless::sqrt>(x); }
}  // namespace math

}  // namespace tapeless
