#pragma once
// Layers and networks inside a network, under paths of their own, and layers that share parameters.

#include <tapeless/layers/layer.hpp>
#include <tapeless/layers/sequential.hpp>

namespace tapeless {

/// A layer whose parameters are shared by all places of a network that name it: the first declares
/// them, under `Name`, the others use them. Dropout inside draws a mask of its own at each place.
/// The places stand in one scope, such as one sequential, and give the layer values of one shape.
///
///   sequential<input<16>, shared<"h", dense<16>>, relu, shared<"h", dense<16>>>   // "h.weight"
template <fixed_string Name, class Layer>
struct shared {
  static constexpr auto own_name = Name;
  static_assert(std::is_void_v<detail::explained<Layer>>);
  template <class... More>
  static constexpr value lower(graph& g, value x, More... more) {
    const int outer = g.shared_use;
    g.shared_use = ++g.shared_count;
    const value y = lower_layer<Layer>(g, x, more...);
    g.shared_use = outer;
    return y;
  }
};

template <class Layer, class... More>
constexpr value graph::layer(std::string_view name, value x, More... more) {
  return detail::scoped(*this, name, [&] { return lower_layer<Layer>(*this, x, more...); });
}

template <class Layer, class... More>
constexpr value graph::shared(std::string_view name, value x, More... more) {
  return layer<tapeless::shared<"", Layer>>(name, x, more...);
}

}  // namespace tapeless
