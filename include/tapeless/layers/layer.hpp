#pragma once
// What a layer is: a type that turns one value of a graph into another.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

namespace detail {

/// Whether a layer declares the input of a network.
template <class Layer>
inline constexpr bool is_input = requires(graph& g) {
  Layer::declare(g);
};

}  // namespace detail

/// Applies a layer to a value. A layer either has `lower(graph&, value)`, or is itself an operation
/// of one operand, so that every activation, the library's or a user's, is a layer.
template <class Layer>
constexpr value lower_layer(graph& g, value x) {
  if constexpr (requires { Layer::lower(g, x); })
    return Layer::lower(g, x);
  else if constexpr (detail::is_input<Layer>) {
    static_assert(!detail::is_input<Layer>,
                  "Tapeless: an input is no layer; it stands first in a sequential, once");
    return x;
  } else
    return apply<Layer>(x);
}

namespace detail {

/// Runs f under the scope `name`, and restores the scope.
template <class Name, class F>
constexpr value scoped(graph& g, Name name, F f) {
  const path outer = g.scope;
  g.scope = outer.join(name);
  const value v = f();
  g.scope = outer;
  return v;
}

}  // namespace detail
}  // namespace tapeless
