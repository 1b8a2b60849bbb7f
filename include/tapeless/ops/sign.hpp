#pragma once
// The sign of a number.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = 1 for x > 0, -1 for x < 0, else 0: also of NaN, as in PyTorch. Has no gradient.
struct sign : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "sign";
  static constexpr double flops = 3;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::sign(x);
  }
};

namespace math {
template <symbolic V>
constexpr V sign(V x) {
  return apply<tapeless::sign>(x);
}
}  // namespace math

}  // namespace tapeless
