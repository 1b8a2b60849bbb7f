#pragma once
// Binary cross-entropy, element by element.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/select.hpp>
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
    const V yes = math::max(math::log(p), V(-100)), no = math::max(math::log1p(-p), V(-100));
    return -(t * yes + (V(1) - t) * no);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V p, V t, V) {
    const V slope = (p - t) / math::max(p * (V(1) - p), rounded<V>(1e-12));
    return {dy * slope, V(0)};
  }
};

/// y = max(x, 0) - x t + ln(1 + e^-|x|), as |x| (1 - t) or |x| t and the logarithm, so that nothing
/// cancels. At an infinite x of the right sign, where t is 0 or 1, the limit: 0.
struct binary_cross_entropy_logits : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "bce_logits";
  static constexpr int arity = 2;
  static constexpr double flops = 40;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x, V t) {
    const V size = math::abs(x), wrong = math::select(x > V(0), V(1) - t, t);
    const V part = math::select(wrong == V(0), V(0), wrong * size);
    return part + math::log1p(math::exp_decay(-size));
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V x, V t, V) {
    // sigmoid(x) - t by the smaller of sigmoid(x) and 1 - sigmoid(x).
    const auto above = x > V(0);
    const V small = math::sigmoid(math::select(above, -x, x));
    return {dy * math::select(above, (V(1) - t) - small, small - t), -(dy * x)};
  }
};

}  // namespace tapeless
