#pragma once
// A number between two bounds.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = min(max(x, low), high), of NaN NaN; the derivative at a bound is 0, as in PyTorch.
struct clamp : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "clamp";
  static constexpr double flops = 2;
  struct attributes {
    double low, high;
  };

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x, const attributes& a) {
    return math::clamp(x, rounded<V>(a.low), rounded<V>(a.high));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V, const attributes& a) {
    const V below = math::select(x < rounded<V>(a.high), dy, V(0));
    return math::select(x > rounded<V>(a.low), below, V(0));
  }
};

namespace math {
/// x bounded to [low, high]; infinite bounds leave a side open.
template <symbolic V>
constexpr V clamp(V x, double low, double high) {
  return apply_with<tapeless::clamp>({low, high}, x);
}
}  // namespace math

}  // namespace tapeless
