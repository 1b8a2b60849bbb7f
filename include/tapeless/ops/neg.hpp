#pragma once
// Negation.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = -x.
struct neg : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "neg";
  using attributes = no_attributes;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::negate(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V) {
    return -dy;
  }

  /// -(-x) is x. Stands behind the bodies: naming description<neg> instantiates them.
  static constexpr value simplify(graph& g, const int* in, const no_attributes&) {
    const node& n = g[in[0]];
    return is<neg>(n.op) ? value{g, n.in[0]} : value{};
  }
};

constexpr value operator-(value x) { return apply<neg>(x); }

}  // namespace tapeless
