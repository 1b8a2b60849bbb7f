#pragma once
// Sigmoid linear unit (swish).

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sigmoid.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = x / (1 + e^-x).
struct silu : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "silu";
  static constexpr double flops = 20;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return x * math::sigmoid(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V s = math::sigmoid(x);
    return dy * (s * (V(1) + x * (V(1) - s)));
  }
};

namespace math {
constexpr value silu(value x) { return apply<tapeless::silu>(x); }
}  // namespace math

}  // namespace tapeless
