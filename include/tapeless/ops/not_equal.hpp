#pragma once
// Comparison a != b.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = 1 where a != b, else 0. Has no gradient.
struct not_equal : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "not_equal";
  static constexpr int arity = 2;
  static constexpr bool mask = true;
  static constexpr bool no_gradient = true;

  template <class V>
  static TAPELESS_INLINE constexpr auto forward(V a, V b) {
    return math::differ(a, b);
  }
};

constexpr value operator!=(value a, value b) { return apply<not_equal>(a, b); }

}  // namespace tapeless
