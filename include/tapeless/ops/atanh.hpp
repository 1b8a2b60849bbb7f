#pragma once
// Inverse hyperbolic tangent.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = ln((1 + x) / (1 - x)) / 2; infinite at 1 and -1, NaN beyond.
struct atanh : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "atanh";
  static constexpr double flops = 45;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::atanh(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy / ((V(1) - x) * (V(1) + x));
  }
};

namespace math {
template <symbolic V>
constexpr V atanh(V x) {
  return apply<tapeless::atanh>(x);
}
}  // namespace math

}  // namespace tapeless
