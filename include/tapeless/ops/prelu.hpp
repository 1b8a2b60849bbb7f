#pragma once
// Rectified linear unit with a slope below 0 that is a value, learnt or not.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = x for x > 0, else slope x. As a layer: with one learnt slope, which starts at 0.25; others are
/// prelu_with<...> (layers/prelu.hpp).
struct prelu : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "prelu";
  static constexpr int arity = 2;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V x, V slope) {
    return math::select(x > V(0), x, slope * x);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V x, V slope, V) {
    const auto positive = x > V(0);
    return {math::select(positive, dy, slope * dy), math::select(positive, V(0), x * dy)};
  }
  static constexpr value lower(graph& g, value x);
};

namespace math {
/// x for x > 0, else slope x; the slope has a shape that broadcasts to x's.
template <class A, class B>
requires one_symbolic<A, B>
constexpr value prelu(A x, B slope) { return apply<tapeless::prelu>(x, slope); }
}  // namespace math

}  // namespace tapeless
