#pragma once
// The greatest integer that is not above a number.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = the greatest integer that is not above x. Has no gradient.
struct floor : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "floor";
  static constexpr double flops = 6;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::floor(x);
  }
};

namespace math {
template <symbolic V>
constexpr V floor(V x) {
  return apply<tapeless::floor>(x);
}
}  // namespace math

}  // namespace tapeless
