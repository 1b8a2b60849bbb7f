#pragma once
// Arc sine.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sqrt.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = the angle within [-pi/2, pi/2] whose sine is x; NaN outside of [-1, 1].
struct asin : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "asin";
  static constexpr double flops = 40;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::asin(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy / math::sqrt((V(1) - x) * (V(1) + x));
  }
};

namespace math {
template <symbolic V>
constexpr V asin(V x) {
  return apply<tapeless::asin>(x);
}
}  // namespace math

}  // namespace tapeless
