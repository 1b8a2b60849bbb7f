#pragma once
// The nearest integer.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = the integer nearest to x, of two equally near ones the even one, as in PyTorch. Has no
/// gradient.
struct round : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "round";
  static constexpr double flops = 5;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::round(x);
  }
};

namespace math {
template <symbolic V>
constexpr V round(V x) {
  return apply<tapeless::round>(x);
}
}  // namespace math

}  // namespace tapeless
