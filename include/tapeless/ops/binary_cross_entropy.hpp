#pragma once
// Binary cross-entropy, element by element.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/sigmoid.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = -(t ln p + (1 - t) ln(1 - p)), each logarithm at least -100, and the gradient's denominator
/// p (1 - p) at least 1e-12, as in PyTorch.
struct binary_cross_entropy : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "binary_cross_entropy";
  static constexpr int arity = 2;
  static constexpr double flops = 42;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V p, V t) {
    const V yes = math::max(math::log(p), V(-100)), no = math::max(math::log(V(1) - p), V(-100));
    return -(t * yes + (V(1) - t) * no);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V p, V t, V) {
    const V slope = (p - t) / math::max(p * (V(1) - p), rounded<V>(1e-12));
    return {dy * slope, V(0)};
  }
};

/// y = max(x, 0) - x t + ln(1 + e^-|x|).
struct binary_cross_entropy_logits : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "bce_logits";
  static constexpr int arity = 2;
  static constexpr double flops = 40;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x, V t) {
    return math::max(x, V(0)) - x * t + math::log1p(math::exp(-math::abs(x)));
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V x, V t, V) {
    return {dy * (math::sigmoid(x) - t), -(dy * x)};
  }
};

}  // namespace tapeless
