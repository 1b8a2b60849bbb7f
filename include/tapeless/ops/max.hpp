#pragma once
// The greater of two values.

#include <initializer_list>
#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = max(a, b); NaN if either is. Where equal, each operand takes half of the gradient.
struct max : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "max";
  static constexpr int arity = 2;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return math::max(a, b);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V a, V b, V) {
    const V half = dy * V(0.5);
    // Both take all of it where one is NaN, as in PyTorch.
    return {math::select(a == b, half, math::select(a < b, V(0), dy)),
            math::select(a == b, half, math::select(b < a, V(0), dy))};
  }
};

namespace math {
constexpr value max(value a, value b) { return apply<tapeless::max>(a, b); }

/// Refuses one value, in a sentence.
template <symbolic V>
constexpr V max(V x) {
  static_assert(never<V>,
                "Tapeless: tl::math::max is the greater of two values, element by element; the "
                "greatest element of one value is tl::math::maximum(x), also over axes");
  return x;
}
template <symbolic V, class... Keep>
constexpr V max(V x, std::initializer_list<int>, Keep...) {
  return math::max(x);
}
}  // namespace math

}  // namespace tapeless
