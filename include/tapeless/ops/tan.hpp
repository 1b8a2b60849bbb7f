#pragma once
// Tangent.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = tan x, in radians.
struct tan : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "tan";
  static constexpr double flops = 60;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::tan(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V y) {
    return dy * (V(1) + y * y);
  }
};

namespace math {
template <symbolic V>
constexpr V tan(V x) {
  return apply<tapeless::tan>(x);
}
}  // namespace math

}  // namespace tapeless
