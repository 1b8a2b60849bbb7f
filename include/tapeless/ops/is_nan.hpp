#pragma once
// Whether a number is NaN.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = 1 where x is NaN, else 0. Has no gradient.
struct is_nan : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "is_nan";
  static constexpr bool mask = true;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr auto forward(V x) {
    return math::differ(x, x);
  }
};

namespace math {
template <symbolic V>
constexpr V is_nan(V x) {
  return apply<tapeless::is_nan>(x);
}
}  // namespace math

}  // namespace tapeless
