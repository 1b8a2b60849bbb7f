#pragma once
// Square.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = x^2.
struct square : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "square";

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return x * x;
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * (x + x);
  }
};

namespace math {
constexpr value square(value x) { return apply<tapeless::square>(x); }
}  // namespace math

}  // namespace tapeless
