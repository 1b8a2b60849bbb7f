#pragma once
// The rest of a division, with the sign of what is divided.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/round.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = a - b trunc(a / b), exactly.
struct fmod : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "fmod";
  static constexpr int arity = 2;
  static constexpr double flops = 20;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return math::fmod(a, b);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V a, V b, V y) {
    // From y, because the quotient may be rounded up to a whole number. Where y is NaN the quotient
    // is infinite or NaN, and so is its whole part.
    const V whole = math::select(y == y, math::round((a - y) / b), a / b);
    return {dy, -(dy * whole)};
  }
};

namespace math {
template <class A, class B>
requires one_symbolic<A, B>
constexpr value fmod(A a, B b) { return apply<tapeless::fmod>(a, b); }
}  // namespace math

}  // namespace tapeless
