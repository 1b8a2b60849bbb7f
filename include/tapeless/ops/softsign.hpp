#pragma once
// Softsign.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = x / (1 + |x|).
struct softsign : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "softsign";
  static constexpr double flops = 3;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return x / (V(1) + math::abs(x));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V d = V(1) + math::abs(x);
    return dy / (d * d);
  }
};

namespace math {
constexpr value softsign(value x) { return apply<tapeless::softsign>(x); }
}  // namespace math

}  // namespace tapeless
