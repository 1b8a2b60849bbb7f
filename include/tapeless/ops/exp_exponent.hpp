#pragma once
// The binary exponent of an exponential.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = the integer nearest to x / ln 2: e^x lies between sqrt(1/2) 2^y and sqrt(2) 2^y.
struct exp_exponent : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "exp_exponent";
  static constexpr double flops = 3;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::exp_exponent(x);
  }
  template <class V>
  static constexpr V backward(V, V, V) {
    return V(0);
  }
};

namespace math {
constexpr value exp_exponent(value x) { return apply<tapeless::exp_exponent>(x); }
}  // namespace math

}  // namespace tapeless
