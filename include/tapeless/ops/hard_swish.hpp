#pragma once
// Piecewise approximation of x sigmoid(x).

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/less_equal.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/min.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = x min(max(x + 3, 0), 6) / 6; the derivative is 0 at -3 and 1 at 3, as in PyTorch.
/// Source: Howard et al. 2019, arXiv 1905.02244.
struct hard_swish : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "hard_swish";
  static constexpr double flops = 5;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x) {
    // x times a share of at most 1: 6 x would overflow.
    return x * (math::min(math::max(x + V(3), V(0)), V(6)) * rounded<V>(1.0 / 6));
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V inside = dy * (x * rounded<V>(1.0 / 3) + V(0.5));
    return math::select(x <= V(-3), V(0), math::select(x < V(3), inside, dy));
  }
};

namespace math {
template <symbolic V>
constexpr V hard_swish(V x) {
  return apply<tapeless::hard_swish>(x);
}
}  // namespace math

}  // namespace tapeless
