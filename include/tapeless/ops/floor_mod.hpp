#pragma once
// The rest of a division, with the sign of the divisor.

#include <limits>
#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/round.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = a - b floor(a / b), exactly: numpy's mod and PyTorch's remainder.
struct floor_mod : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "floor_mod";
  static constexpr int arity = 2;
  static constexpr double flops = 22;
  static constexpr double infinite = std::numeric_limits<double>::infinity();

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return math::floor_mod(a, b);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V a, V b, V y) {
    // From y, because the quotient may be rounded up to a whole number. Only an infinite divisor
    // gives an infinite y: a quotient of -1.
    const V whole = math::select(b == V(0), a / b, math::round((a - y) / b));
    return {dy, math::select(math::abs(y) == rounded<V>(infinite), dy, -(dy * whole))};
  }
};

namespace math {
template <class A, class B>
requires one_symbolic<A, B>
constexpr value floor_mod(A a, B b) { return apply<tapeless::floor_mod>(a, b); }
}  // namespace math

}  // namespace tapeless
