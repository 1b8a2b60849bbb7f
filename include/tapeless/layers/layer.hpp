#pragma once
// What a layer is: a type that turns one value of a graph into another.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/run/inner.hpp>
#include <type_traits>

namespace tapeless {

namespace detail {

/// Draws a parameter that starts at a number: the initializer's `a`.
TAPELESS_NATIVE constexpr double draw_start(generator&, const initializer& i) { return i.a; }
constexpr initializer starting_at(double number) { return {&draw_start, number, 0, 1, 1}; }

/// Whether a layer declares the input of a network.
template <class Layer>
inline constexpr bool is_input = requires(graph& g) {
  Layer::declare(g);
};

/// Does a type say how it turns values into another?
template <class Layer, class... More>
concept has_lower_of_layer = requires(graph& g, value x, More... more) {
  Layer::lower(g, x, more...);
};

/// Does a layer take two to four values, whatever else it takes?
template <class Layer>
concept takes_several_values =
    has_lower_of_layer<Layer, value> || has_lower_of_layer<Layer, value, value> ||
    has_lower_of_layer<Layer, value, value, value>;

/// Is a type a layer? An operation of one operand has a name; a network has its graph.
template <class Layer>
concept is_layer = has_lower_of_layer<Layer> || takes_several_values<Layer> ||
                   is_network<Layer> || requires {
  std::string_view{Layer::name};
};

/// One sentence for a type that is no layer, or for a layer with wrong arguments. The result is
/// deduced, so that naming the type of a call instantiates the body: a failed assertion in a class,
/// or in a function that is evaluated, makes hundreds of lines of other errors follow.
template <class Layer>
constexpr auto explain_layer() {
  static_assert(!std::is_function_v<Layer>,
                "Tapeless: a layer is a type, without parentheses: tl::relu, not tl::relu()");
  static_assert(std::is_function_v<Layer> || is_layer<Layer> || is_input<Layer>,
                "Tapeless: this type is no layer; a layer has 'static constexpr tl::value "
                "lower(tl::graph&, tl::value)', or is an operation of one operand");
  if constexpr (requires { Layer::explain(); }) Layer::explain();
}
/// The same for an input behind the first place.
template <class Layer>
constexpr auto explain_second_input() {
  static_assert(!is_input<Layer>,
                "Tapeless: an input is no layer; it stands first in a sequential, once");
}
template <class Layer>
using explained = decltype(explain_layer<Layer>());

/// The same for a layer that stands where it gets one value.
template <class Layer>
constexpr auto explain_layer_alone() {
  explain_layer<Layer>();
  static_assert(has_lower_of_layer<Layer> || !takes_several_values<Layer>,
                "Tapeless: this layer takes several values, such as x and a memory; give it them in "
                "a define: g.layer<L>(\"name\", x, memory)");
}
template <class Layer>
using explained_alone = decltype(explain_layer_alone<Layer>());

}  // namespace detail

/// Applies a layer to a value. A layer has `lower(graph&, value)`, or is a network written as
/// `define`, or is itself an operation of one operand, so that every activation, the library's or a
/// user's, is a layer. Layers with several inputs take `more` values.
template <class Layer, class... More>
constexpr value lower_layer(graph& g, value x, More... more) {
  static_assert(std::is_void_v<detail::explained<Layer>>);
  static_assert(std::is_void_v<decltype(detail::explain_second_input<Layer>())>);
  static_assert(sizeof...(More) == 0 || detail::has_lower_of_layer<Layer, More...> ||
                    detail::is_network<Layer>,
                "Tapeless: this layer takes one value; a network with several inputs declares them "
                "by g.input in its define");
  if constexpr (sizeof...(More) == 0) static_assert(std::is_void_v<detail::explained_alone<Layer>>);
  if constexpr (detail::has_lower_of_layer<Layer, More...>)
    return Layer::lower(g, x, more...);
  else if constexpr (detail::is_network<Layer>) {
    const value inputs[] = {x, more...};
    return detail::append_network<Layer>(g, inputs, 1 + static_cast<int>(sizeof...(More)));
  } else if constexpr (detail::is_layer<Layer> && !detail::takes_several_values<Layer>)
    return apply<Layer>(x);
  else
    return x;
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
