#pragma once
// The angle of a point.

#include <limits>
#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = the angle of the point (b, a), within [-pi, pi]; the derivatives at the origin are 0, as in
/// PyTorch.
struct atan2 : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "atan2";
  static constexpr int arity = 2;
  static constexpr double flops = 45;
  static constexpr double infinite = std::numeric_limits<double>::infinity();

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return math::atan2(a, b);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V a, V b, V) {
    // Over the larger of both: the squares alone would overflow, or be 0.
    const V size = math::max(math::abs(a), math::abs(b));
    const V unit = math::select(size == rounded<V>(infinite), V(1), size);
    const V safe = math::select(size == V(0), V(1), unit);
    const V u = a / safe, v = b / safe;
    const V slope = math::select(size == V(0), V(0), dy / (u * u + v * v));
    return {slope * v / safe, -(slope * u / safe)};
  }
};

namespace math {
template <class A, class B>
requires one_symbolic<A, B>
constexpr value atan2(A a, B b) { return apply<tapeless::atan2>(a, b); }
}  // namespace math

}  // namespace tapeless
