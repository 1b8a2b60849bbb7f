#pragma once
// Difference of two values.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/neg.hpp>

namespace tapeless {

/// y = a - b, with broadcasting.
struct sub : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "sub";
  using attributes = no_attributes;
  static constexpr int arity = 2;

  /// x - 0 is x.
  static constexpr value simplify(graph& g, const int* in, const no_attributes&) {
    return value{g, in[1]}.is(0) ? value{g, in[0]} : value{};
  }

  template <class V>
  static TAPELESS_INLINE constexpr V forward(V a, V b) {
    return math::fence(a - b);  // differences of large numbers stand as they are written
  }
  template <class V>
  static constexpr gradients<V, 2> backward(V dy, V, V, V) {
    return {dy, -dy};
  }
};

constexpr value operator-(value a, value b) {
  if (b.is_plain(0) && a.recorded()) return a;
  return apply<sub>(a, b);
}
constexpr value& operator-=(value& a, value b) { return a = a - b; }

}  // namespace tapeless
