#pragma once
// Gaussian error linear unit, exact form.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/erf.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = x Phi(x), Phi the normal distribution function.
/// Source: Hendrycks, Gimpel 2016, arXiv 1606.08415.
struct gelu : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "gelu";
  static constexpr double flops = 30;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return V(0.5) * x * (V(1) + math::erf(x * rounded<V>(0.70710678118654752)));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V cdf = V(0.5) * (V(1) + math::erf(x * rounded<V>(0.70710678118654752)));
    const V pdf = rounded<V>(0.39894228040143268) * math::exp(V(-0.5) * (x * x));
    return dy * (cdf + x * pdf);
  }
};

namespace math {
constexpr value gelu(value x) { return apply<tapeless::gelu>(x); }
}  // namespace math

}  // namespace tapeless
