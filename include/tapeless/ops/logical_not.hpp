#pragma once
// The opposite of a truth.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = 1 where x is 0, else 0; NaN counts as not 0. Has no gradient.
struct logical_not : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "logical_not";
  static constexpr bool mask = true;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr auto forward(V x) {
    return x == V(0);
  }
};

namespace math {
template <symbolic V>
constexpr V logical_not(V x) {
  return apply<tapeless::logical_not>(x);
}
}  // namespace math

template <symbolic V>
constexpr V operator!(V x) {
  return apply<logical_not>(x);
}

}  // namespace tapeless
