#pragma once
// The lesser of two values.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = min(a, b); NaN if either is. Where equal, each operand takes half of the gradient.
struct min : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "min";
  static constexpr int arity = 2;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return math::min(a, b);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V a, V b, V) {
    const V half = dy * V(0.5);
    // Both take all of it where one is NaN, as in PyTorch.
    return {math::select(a == b, half, math::select(a > b, V(0), dy)),
            math::select(a == b, half, math::select(b > a, V(0), dy))};
  }
};

namespace math {
constexpr value min(value a, value b) { return apply<tapeless::min>(a, b); }
}  // namespace math

}  // namespace tapeless
