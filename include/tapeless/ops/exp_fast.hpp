#pragma once
// Exponential, cheaper.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = e^x by a short fit.
/// Accuracy: as math::exp_fast; the derivative is that of exp, in terms of y.
struct exp_fast : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "exp_fast";
  static constexpr double flops = 11;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::exp_fast(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V y) {
    return dy * y;
  }
};

namespace math {
constexpr value exp_fast(value x) { return apply<tapeless::exp_fast>(x); }
}  // namespace math

}  // namespace tapeless
