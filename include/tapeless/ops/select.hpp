#pragma once
// Choice between two values by a mask.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = a where c is not 0, else b. No gradient flows into c.
struct select : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "select";
  static constexpr int arity = 3;
  static constexpr bool takes_mask = true;

  using attributes = no_attributes;
  /// A choice that is known is the chosen operand.
  static constexpr value simplify(graph& g, const int* in, const no_attributes&) {
    const node& c = g[in[0]];
    if (c.op->kind != family::constant) return {};
    return {g, number_of(c) != 0 ? in[1] : in[2]};
  }

  template <class M, class V>
  static TAPELESS_INLINE constexpr V forward(M c, V a, V b) {
    return math::select(c, a, b);
  }
  template <class V>
  static constexpr gradients<V, 3> backward(V dy, V c, V, V, V) {
    return {V(0), math::select(c, dy, V(0)), math::select(c, V(0), dy)};
  }
};

namespace math {
constexpr value select(value c, value a, value b) { return apply<tapeless::select>(c, a, b); }
}  // namespace math

}  // namespace tapeless
