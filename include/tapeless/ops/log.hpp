#pragma once
// Natural logarithm.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/div.hpp>

namespace tapeless {

/// y = ln x; -inf at 0, NaN below.
struct log : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "log";
  static constexpr double flops = 18;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::log(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy / x;
  }
};

namespace math {
constexpr value log(value x) { return apply<tapeless::log>(x); }
}  // namespace math

}  // namespace tapeless
