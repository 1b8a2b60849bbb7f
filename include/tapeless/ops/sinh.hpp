#pragma once
// Hyperbolic sine and cosine: each is in the gradient of the other.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y = sinh x.
struct sinh : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "sinh";
  static constexpr double flops = 40;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::sinh(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * math::cosh(x);
  }
};

/// y = cosh x.
struct cosh : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "cosh";
  static constexpr double flops = 40;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::cosh(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * math::sinh(x);
  }
};

namespace math {
template <symbolic V>
constexpr V sinh(V x) {
  return apply<tapeless::sinh>(x);
}
template <symbolic V>
constexpr V cosh(V x) {
  return apply<tapeless::cosh>(x);
}
}  // namespace math

}  // namespace tapeless
