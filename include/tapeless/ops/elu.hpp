#pragma once
// Exponential linear unit.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/exp_decay.hpp>
#include <tapeless/ops/expm1.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = x for x > 0, else Alpha (e^x - 1).
/// Source: Clevert, Unterthiner, Hochreiter 2015, arXiv 1511.07289.
template <auto Alpha = 1.0>
struct elu : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "elu";
  static constexpr double flops = 22;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::select(x > V(0), x, rounded<V>(Alpha) * math::expm1(x));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    // Not y + Alpha, which has no digits left where y is next to -Alpha.
    const auto above = x > V(0);
    const V slope = rounded<V>(Alpha) * math::exp_decay(math::select(above, V(0), x));
    return math::select(above, dy, dy * slope);
  }
};

namespace math {
template <auto Alpha = 1.0>
constexpr value elu(value x) {
  return apply<tapeless::elu<Alpha>>(x);
}
}  // namespace math

}  // namespace tapeless
