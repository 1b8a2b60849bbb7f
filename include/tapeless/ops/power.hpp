#pragma once
// Power of two values.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/greater_equal.hpp>
#include <tapeless/ops/log.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// y = a^b, as std::pow for zeros, infinities and negative numbers.
struct power : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "power";
  static constexpr int arity = 2;
  static constexpr double flops = 60;

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return math::power(a, b);
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V a, V b, V y) {
    const V da = dy * (b * math::power(a, b - V(1)));
    const V db = dy * (y * math::log(a));
    return {math::select(b == V(0), V(0), da),
            math::select(a == V(0), math::select(b >= V(0), V(0), db), db)};
  }
};

namespace math {
template <class A, class B>
requires one_symbolic<A, B>
constexpr value power(A a, B b) { return apply<tapeless::power>(a, b); }
/// a^b for two values; by a number see pow.hpp.
template <std::convertible_to<value> A, symbolic B>
constexpr value pow(A a, B b) {
  return math::power(a, b);
}
}  // namespace math

}  // namespace tapeless
