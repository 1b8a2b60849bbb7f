#pragma once
// Piecewise linear sigmoid.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/min.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = min(max(x / 6 + 1 / 2, 0), 1).
struct hard_sigmoid : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "hard_sigmoid";
  static constexpr double flops = 4;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::min(math::max(x * rounded<V>(1.0 / 6.0) + V(0.5), V(0)), V(1));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return math::select(math::abs(x) < V(3), dy * rounded<V>(1.0 / 6.0), V(0));
  }
};

namespace math {
constexpr value hard_sigmoid(value x) { return apply<tapeless::hard_sigmoid>(x); }
}  // namespace math

}  // namespace tapeless
