#pragma once
// Quotient of two values.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>

namespace tapeless {

/// y = a / b, element by element with broadcasting.
struct div : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "div";
  using attributes = no_attributes;
  static constexpr int arity = 2;

  /// x / 1 is x.
  static constexpr value simplify(graph& g, const int* in, const no_attributes&) {
    return value{g, in[1]}.is(1) ? value{g, in[0]} : value{};
  }

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return a / b;
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V, V b, V y) {
    const V da = dy / b;
    return {da, -(da * y)};
  }
};

constexpr value operator/(value a, value b) {
  if (b.is_plain(1) && a.recorded()) return a;
  return apply<div>(a, b);
}
constexpr value& operator/=(value& a, value b) { return a = a / b; }

}  // namespace tapeless
