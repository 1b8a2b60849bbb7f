#pragma once
// Exponential in units of a power of two.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = e^x / 2^m, element by element with broadcasting, for integers m >= exp_exponent(x).
struct exp_scaled : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "exp_scaled";
  static constexpr int arity = 2;
  static constexpr double flops = 20;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x, V m) {
    return math::exp_scaled(x, m);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V, V, V y) {
    return {dy * y, dy * y * V(-0.693147180559945309)};
  }
};

namespace math {
constexpr value exp_scaled(value x, value m) { return apply<tapeless::exp_scaled>(x, m); }
}  // namespace math

}  // namespace tapeless
