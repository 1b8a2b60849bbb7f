#pragma once
// Product of two values.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// y = a b, element by element with broadcasting.
struct mul : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "mul";
  using attributes = no_attributes;
  static constexpr int arity = 2;

  /// 1 x is x.
  static constexpr value simplify(graph& g, const int* in, const no_attributes&) {
    if (value{g, in[1]}.is(1)) return {g, in[0]};
    if (value{g, in[0]}.is(1)) return {g, in[1]};
    return {};
  }

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return a * b;
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V a, V b, V) {
    return {dy * b, dy * a};
  }
};

constexpr value operator*(value a, value b) {
  if (a.is_plain(1) && b.recorded()) return b;
  if (b.is_plain(1) && a.recorded()) return a;
  return apply<mul>(a, b);
}
constexpr value& operator*=(value& a, value b) { return a = a * b; }

}  // namespace tapeless
