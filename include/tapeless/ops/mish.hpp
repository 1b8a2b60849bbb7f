#pragma once
// Mish.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sigmoid.hpp>
#include <tapeless/ops/softplus.hpp>
#include <tapeless/ops/sub.hpp>
#include <tapeless/ops/tanh.hpp>

namespace tapeless {

/// y = x tanh(softplus(x)).
/// Source: Misra 2019, arXiv 1908.08681.
struct mish : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "mish";
  static constexpr double flops = 60;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return x * math::tanh(softplus::forward(x));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V t = math::tanh(softplus::forward(x));
    const V s = math::sigmoid(x);
    return dy * (t + x * (s * (V(1) - t * t)));
  }
};

namespace math {
constexpr value mish(value x) { return apply<tapeless::mish>(x); }
}  // namespace math

}  // namespace tapeless
