#pragma once
// Exponential of numbers that are not above 0.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = e^x for x <= 0; 0 where that is below all normal numbers.
struct exp_decay {
  static constexpr const char* name = "exp_decay";
  static constexpr double flops = 17;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::exp_decay(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V y) {
    return dy * y;
  }
};

namespace math {
constexpr value exp_decay(value x) { return apply<tapeless::exp_decay>(x); }
}  // namespace math

}  // namespace tapeless
