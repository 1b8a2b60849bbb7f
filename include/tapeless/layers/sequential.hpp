#pragma once
// Layers one after the other.

#include <tapeless/core/hana.hpp>
#include <tapeless/layers/input.hpp>
#include <type_traits>

namespace tapeless {

namespace detail {

/// Name of layer `index` in a sequential: its own if it has one, else its position, as in PyTorch.
template <class Layer>
constexpr value lower_child(graph& g, value x, int index) {
  if constexpr (requires { Layer::own_name; })
    return scoped(g, Layer::own_name.view(), [&] { return lower_layer<Layer>(g, x); });
  else
    return scoped(g, index, [&] { return lower_layer<Layer>(g, x); });
}

}  // namespace detail

/// y = last(... second(first(x))). Parameter paths are those of PyTorch's Sequential: "0.weight",
/// "2.bias"; activations count, the input does not. Nests: a sequential with an input of its own is
/// a layer of another one where it gets a value of that shape. An input stands first or nowhere.
template <class... Layers>
struct sequential {
  using layers = type_list<Layers...>;
  static_assert((std::is_void_v<detail::explained_alone<Layers>> && ...));

  static constexpr value lower(graph& g, value x) {
    static_assert(
        inputs_behind_the_first == 0,
        "Tapeless: a sequential has an input behind its first layer; a network has one input "
        "there, or several by g.input in a define of its own");
    int index = 0;
    for_each_type(layers{}, [&]<class Layer>(type<Layer>) {
      if constexpr (!detail::is_input<Layer>) {
        if (!g.failed()) x = detail::lower_child<Layer>(g, x, index++);
      } else if constexpr (requires { Layer::dims; }) {
        if (!g.failed() && x.dims() != Layer::dims)
          g.fail(problem::input_of_another_shape, g.scope, x.dims(), Layer::dims);
        if constexpr (requires { Layer::scaled(x); })
          if (!g.failed()) x = Layer::scaled(x);
      }
    });
    return x;
  }

  static constexpr int inputs_behind_the_first = [] {
    int n = 0, at = 0;
    for_each_type(layers{},
                  [&]<class Layer>(type<Layer>) { n += at++ > 0 && detail::is_input<Layer>; });
    return n;
  }();

  /// The whole network, input included.
  static constexpr value define(graph& g) {
    static_assert(sizeof...(Layers) > 0,
                  "Tapeless: a network has at least an input, such as tl::sequential<tl::input<16>, "
                  "tl::dense<4>>");
    if constexpr (sizeof...(Layers) > 0) {
      using first = front_type<layers>;
      static_assert(detail::is_input<first>,
                    "Tapeless: the first layer of a network is its input, such as tl::input<16>");
      if constexpr (detail::is_input<first>) return lower(g, first::declare(g));
    }
    return value{0.0};  // with the sentence above, and without errors that follow from it
  }
};

/// A layer under a name of its own: `named<"fc1", dense<64>>` has the parameter "fc1.weight".
template <fixed_string Name, class Layer>
struct named {
  static constexpr auto own_name = Name;
  static_assert(std::is_void_v<detail::explained<Layer>>);
  template <class... More>
  static constexpr value lower(graph& g, value x, More... more) {
    return lower_layer<Layer>(g, x, more...);
  }
};

}  // namespace tapeless
