#pragma once
// Sum of two values.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = a + b, with broadcasting.
struct add : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "add";
  using attributes = no_attributes;
  static constexpr int arity = 2;

  /// x + 0 is x.
  static constexpr value simplify(graph& g, const int* in, const no_attributes&) {
    if (value{g, in[1]}.is(0)) return {g, in[0]};
    if (value{g, in[0]}.is(0)) return {g, in[1]};
    return {};
  }

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return a + b;
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V, V, V) {
    return {dy, dy};
  }
};

constexpr value operator+(value a, value b) {
  if (a.is_plain(0) && b.recorded()) return b;
  if (b.is_plain(0) && a.recorded()) return a;
  return apply<add>(a, b);
}
constexpr value& operator+=(value& a, value b) { return a = a + b; }

}  // namespace tapeless
