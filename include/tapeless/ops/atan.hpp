#pragma once
// Arc tangent.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = the angle within [-pi/2, pi/2] whose tangent is x.
struct atan : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "atan";
  static constexpr double flops = 35;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::atan(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy / (V(1) + x * x);
  }
};

namespace math {
template <symbolic V>
constexpr V atan(V x) {
  return apply<tapeless::atan>(x);
}
}  // namespace math

}  // namespace tapeless
