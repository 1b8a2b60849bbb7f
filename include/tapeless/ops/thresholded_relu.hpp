#pragma once
// Rectified linear unit that starts at a threshold.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/less_equal.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = x for x > Threshold, else 0, of NaN NaN.
template <auto Threshold = 1.0>
struct thresholded_relu : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "thresholded_relu";

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    return math::select(x <= rounded<V>(Threshold), V(0), x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return math::select(x <= rounded<V>(Threshold), V(0), dy);
  }
};

namespace math {
template <auto Threshold = 1.0>
constexpr value thresholded_relu(value x) {
  return apply<tapeless::thresholded_relu<Threshold>>(x);
}
}  // namespace math

}  // namespace tapeless
