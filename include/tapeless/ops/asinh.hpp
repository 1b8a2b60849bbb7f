#pragma once
// Inverse hyperbolic sine.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/sqrt.hpp>

namespace tapeless {

/// y = ln(x + (x^2 + 1)^(1/2)).
struct asinh : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "asinh";
  static constexpr double flops = 50;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::asinh(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V size = math::abs(x);
    // The square would be infinite before x is.
    return dy / math::select(size > V(1e9), size, math::sqrt(V(1) + x * x));
  }
};

namespace math {
template <symbolic V>
constexpr V asinh(V x) {
  return apply<tapeless::asinh>(x);
}
}  // namespace math

}  // namespace tapeless
