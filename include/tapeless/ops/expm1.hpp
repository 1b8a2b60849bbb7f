#pragma once
// Exponential less one, exact near 0.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = e^x - 1.
struct expm1 : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "expm1";
  static constexpr double flops = 20;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::expm1(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * math::exp(x);  // y + 1 has no digits left where y is next to -1
  }
};

namespace math {
constexpr value expm1(value x) { return apply<tapeless::expm1>(x); }
}  // namespace math

}  // namespace tapeless
