#pragma once
// Rectified linear unit.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = max(x, 0), of NaN NaN; the derivative at 0 is 0.
struct relu : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "relu";

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::at_least(x, V(0));
  }
  template <class V>
  static constexpr V backward(V dy, V, V y) {
    return math::select(y > V(0), dy, V(0));
  }
};

namespace math {
constexpr value relu(value x) { return apply<tapeless::relu>(x); }
}  // namespace math

}  // namespace tapeless
