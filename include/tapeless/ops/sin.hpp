#pragma once
// Sine and cosine: each is in the gradient of the other.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>

namespace tapeless {

/// y = sin x, in radians.
struct sin : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "sin";
  static constexpr double flops = 50;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::sin(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * math::cos(x);
  }
};

/// y = cos x, in radians.
struct cos : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "cos";
  static constexpr double flops = 50;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::cos(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return -(dy * math::sin(x));
  }
};

namespace math {
template <symbolic V>
constexpr V sin(V x) {
  return apply<tapeless::sin>(x);
}
template <symbolic V>
constexpr V cos(V x) {
  return apply<tapeless::cos>(x);
}
}  // namespace math

}  // namespace tapeless
