#pragma once
// Arc cosine.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/sqrt.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = the angle within [0, pi] whose cosine is x; NaN outside of [-1, 1].
struct acos : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "acos";
  static constexpr double flops = 40;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::acos(x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return -(dy / math::sqrt((V(1) - x) * (V(1) + x)));
  }
};

namespace math {
template <symbolic V>
constexpr V acos(V x) {
  return apply<tapeless::acos>(x);
}
}  // namespace math

}  // namespace tapeless
