#pragma once
// One of two truths, but not both.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = 1 where one of a and b is 0 and the other is not, else 0; NaN counts as not 0. Has no
/// gradient.
struct logical_xor : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "logical_xor";
  static constexpr int arity = 2;
  static constexpr bool mask = true;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr auto forward(V a, V b) {
    return math::differ(math::to_number(a == V(0), a), math::to_number(b == V(0), b));
  }
};

namespace math {
template <class A, class B>
requires one_symbolic<A, B>
constexpr value logical_xor(A a, B b) { return apply<tapeless::logical_xor>(a, b); }
}  // namespace math

}  // namespace tapeless
