#pragma once
// Quotient of two values without the divider.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>

namespace tapeless {

/// y = a / b, element by element with broadcasting, for |b| in [2^-100, 2^100].
/// Accuracy: 2 ulp; correctly rounded where the processor has no cheap estimate of 1 / b.
struct div_fast : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "div_fast";
  static constexpr int arity = 2;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return math::divide_fast(a, b);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V, V b, V y) {
    const V da = math::divide_fast(dy, b);
    return {da, -(da * y)};
  }
};

namespace math {
constexpr value divide_fast(value a, value b) { return apply<tapeless::div_fast>(a, b); }
}  // namespace math

}  // namespace tapeless
