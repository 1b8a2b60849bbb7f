#pragma once
// Gaussian error linear unit, exact form.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = x Phi(x), Phi the normal distribution function.
/// Source: Hendrycks, Gimpel 2016, arXiv 1606.08415.
struct gelu : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "gelu";
  static constexpr double flops = 35;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return x * math::normal_below(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * math::gelu_slope(x);
  }
};

/// y = Phi(x) + x phi(x), the derivative of gelu.
struct gelu_slope {
  static constexpr const char* name = "gelu_slope";
  static constexpr double flops = 35;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::gelu_slope(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V density = math::normal_density(x);
    return dy * (density + density - x * (x * density));
  }
};

/// y = phi(x) = e^(-x^2 / 2) / sqrt(2 pi).
struct normal_density {
  static constexpr const char* name = "normal_density";
  static constexpr double flops = 25;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::normal_density(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V y) {
    return -(dy * (x * y));
  }
};

namespace math {
template <symbolic V>
constexpr V normal_density(V x) {
  return apply<tapeless::normal_density>(x);
}
template <symbolic V>
constexpr V gelu_slope(V x) {
  return apply<tapeless::gelu_slope>(x);
}
constexpr value gelu(value x) { return apply<tapeless::gelu>(x); }
}  // namespace math

}  // namespace tapeless
