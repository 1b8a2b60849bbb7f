#pragma once
// Absolute value.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = |x|; the derivative at 0 is 0.
struct abs : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "abs";

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::abs(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return math::select(x > V(0), dy, math::select(x < V(0), -dy, V(0)));
  }
};

namespace math {
constexpr value abs(value x) { return apply<tapeless::abs>(x); }
}  // namespace math

}  // namespace tapeless
