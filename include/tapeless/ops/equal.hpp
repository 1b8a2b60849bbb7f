#pragma once
// Comparison a == b.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = 1 where a == b, else 0. Has no gradient.
struct equal : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "equal";
  static constexpr int arity = 2;
  static constexpr bool mask = true;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr auto forward(V a, V b) {
    return a == b;
  }
};

constexpr value operator==(value a, value b) { return apply<equal>(a, b); }

}  // namespace tapeless
