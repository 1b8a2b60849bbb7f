#pragma once
// Continuously differentiable exponential linear unit.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/exp_decay.hpp>
#include <tapeless/ops/expm1.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/less_equal.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = x for x > 0, else Alpha (e^(x / Alpha) - 1).
/// Source: Barron 2017, arXiv 1704.07483.
template <auto Alpha = 1.0>
struct celu : operation_base {
  static_assert(Alpha > 0, "Tapeless: the alpha of celu is above 0, such as tl::celu<1.0>");
  using operation_base::operation_base;
  static constexpr const char* name = "celu";
  static constexpr double flops = 24;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    const V bent = rounded<V>(Alpha) * math::expm1(x * rounded<V>(1.0 / Alpha));
    return math::select(x <= V(0), bent, x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    // Not y / Alpha + 1, which has no digits left where y is next to -Alpha.
    const auto above = x > V(0);
    const V slope = math::exp_decay(math::select(above, V(0), x * rounded<V>(1.0 / Alpha)));
    return math::select(above, dy, dy * slope);
  }
};

namespace math {
template <auto Alpha = 1.0>
constexpr value celu(value x) {
  return apply<tapeless::celu<Alpha>>(x);
}
}  // namespace math

}  // namespace tapeless
