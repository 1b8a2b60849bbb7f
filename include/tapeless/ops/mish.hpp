#pragma once
// Mish.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/min.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = x tanh(softplus(x)) = x n / (n + 2) with n = w (w + 2), w = e^x.
/// Source: Misra 2019, arXiv 1908.08681.
struct mish : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "mish";
  static constexpr double flops = 27;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    const V w = math::exp(bounded(x)), n = w * (w + V(2));
    return x * (n / (n + V(2)));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V b = bounded(x), w = math::exp(b), n = w * (w + V(2)), d = n + V(2);
    // 1 - tanh^2 would have no digits left: the derivative of the quotient instead.
    return dy * (n / d + b * (V(4) * (w * (w + V(1))) / d / d));
  }

 private:
  /// From where on tanh is 1 to all digits, and before w^2 is infinite.
  template <class V>
  static TAPELESS_INLINE constexpr V bounded(V x) {
    return math::min(x, V(40));
  }
};

namespace math {
constexpr value mish(value x) { return apply<tapeless::mish>(x); }
}  // namespace math

}  // namespace tapeless
