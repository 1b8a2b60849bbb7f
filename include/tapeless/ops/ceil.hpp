#pragma once
// The least integer that is not below a number.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = the least integer that is not below x. Has no gradient.
struct ceil : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "ceil";
  static constexpr double flops = 6;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::ceil(x);
  }
};

namespace math {
template <symbolic V>
constexpr V ceil(V x) {
  return apply<tapeless::ceil>(x);
}
}  // namespace math

}  // namespace tapeless
