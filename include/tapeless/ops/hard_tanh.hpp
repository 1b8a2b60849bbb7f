#pragma once
// Piecewise linear tanh.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/min.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = min(max(x, -1), 1).
struct hard_tanh : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "hard_tanh";
  static constexpr double flops = 2;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::min(math::max(x, V(-1)), V(1));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return math::select(math::abs(x) < V(1), dy, V(0));
  }
};

namespace math {
constexpr value hard_tanh(value x) { return apply<tapeless::hard_tanh>(x); }
}  // namespace math

}  // namespace tapeless
