#pragma once
// Rectified linear unit with a slope below 0.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = x for x > 0, else Slope x.
template <auto Slope = 0.01>
struct leaky_relu : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "leaky_relu";

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::select(x > V(0), x, rounded<V>(Slope) * x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return math::select(x > V(0), dy, rounded<V>(Slope) * dy);
  }
};

namespace math {
template <auto Slope = 0.01>
constexpr value leaky_relu(value x) {
  return apply<tapeless::leaky_relu<Slope>>(x);
}
}  // namespace math

}  // namespace tapeless
