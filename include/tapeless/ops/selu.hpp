#pragma once
// Self-normalising exponential linear unit.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/exp_decay.hpp>
#include <tapeless/ops/expm1.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = s x for x > 0, else s a (e^x - 1), s = 1.0507..., a = 1.6733...
/// Source: Klambauer et al. 2017, arXiv 1706.02515.
struct selu : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "selu";
  static constexpr double flops = 22;
  static constexpr double alpha = 1.6732632423543772848170429916717;
  static constexpr double scale = 1.0507009873554804934193349852946;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::select(x > V(0), rounded<V>(scale) * x,
                        rounded<V>(scale * alpha) * math::expm1(x));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    // Not y + scale * alpha, which has no digits left where y is next to its bound.
    const auto above = x > V(0);
    const V slope = rounded<V>(scale * alpha) * math::exp_decay(math::select(above, V(0), x));
    return dy * math::select(above, rounded<V>(scale), slope);
  }
};

namespace math {
constexpr value selu(value x) { return apply<tapeless::selu>(x); }
}  // namespace math

}  // namespace tapeless
