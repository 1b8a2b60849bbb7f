#pragma once
// Error function.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>

namespace tapeless {

/// y = 2 / sqrt(pi) times the integral of e^-t^2 from 0 to x.
struct erf : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "erf";
  static constexpr double flops = 25;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::erf(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * (rounded<V>(1.1283791670955126) * math::exp(-(x * x)));
  }
};

namespace math {
constexpr value erf(value x) { return apply<tapeless::erf>(x); }
}  // namespace math

}  // namespace tapeless
