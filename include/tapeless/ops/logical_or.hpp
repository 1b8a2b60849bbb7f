#pragma once
// One of two truths, or both.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = 1 where a or b is not 0, else 0; NaN counts as not 0. Has no gradient.
struct logical_or : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "logical_or";
  static constexpr int arity = 2;
  static constexpr bool mask = true;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr auto forward(V a, V b) {
    return math::differ(a, V(0)) || math::differ(b, V(0));
  }
};

namespace math {
template <class A, class B>
requires one_symbolic<A, B>
constexpr value logical_or(A a, B b) { return apply<tapeless::logical_or>(a, b); }
}  // namespace math

template <class A, class B>
requires one_symbolic<A, B>
constexpr value operator||(A a, B b) { return apply<logical_or>(a, b); }

}  // namespace tapeless
