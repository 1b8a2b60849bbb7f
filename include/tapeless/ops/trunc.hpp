#pragma once
// A number without its fraction.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = x without what follows the point. Has no gradient.
struct trunc : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "trunc";
  static constexpr double flops = 6;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::trunc(x);
  }
};

namespace math {
template <symbolic V>
constexpr V trunc(V x) {
  return apply<tapeless::trunc>(x);
}
}  // namespace math

}  // namespace tapeless
