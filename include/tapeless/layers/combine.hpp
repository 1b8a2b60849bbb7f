#pragma once
// Layers side by side, and around each other.

#include <tapeless/layers/sequential.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/concat.hpp>

namespace tapeless {

/// y = x + f(x), f the layers in sequence; x and f(x) have the same shape.
template <class... Layers>
struct residual {
  static constexpr value lower(graph& g, value x) {
    const value y = sequential<Layers...>::lower(g, x);
    if (!g.failed() && y.dims() != x.dims())
      g.fail(problem::shapes_do_not_broadcast, g.scope, y.dims(), x.dims());
    return g.failed() ? x : x + y;
  }
};

namespace detail {

/// Every branch on the same x, joined two by two.
template <class... Branches, class Join>
constexpr value side_by_side(graph& g, value x, Join join) {
  value y;
  int index = 0;
  for_each_type(type_list<Branches...>{}, [&]<class Branch>(type<Branch>) {
    if (g.failed()) return;
    const value b = lower_child<Branch>(g, x, index++);
    y = y.recorded() ? join(y, b) : b;
  });
  return g.failed() ? x : y;
}

}  // namespace detail

/// The outputs of all branches one after the other along axis 0.
template <class... Branches>
struct parallel_concat {
  static constexpr value lower(graph& g, value x) {
    return detail::side_by_side<Branches...>(g, x,
                                             [](value a, value b) { return math::concat(a, b); });
  }
};

/// The sum of the outputs of all branches.
template <class... Branches>
struct parallel_sum {
  static constexpr value lower(graph& g, value x) {
    return detail::side_by_side<Branches...>(g, x, [](value a, value b) { return a + b; });
  }
};

namespace detail {

/// The name of a layer that has one of its own, for what wraps the layer.
template <class Layer>
struct name_of {};
template <class Layer>
  requires requires { Layer::own_name; }
struct name_of<Layer> {
  static constexpr auto own_name = Layer::own_name;
};

}  // namespace detail

/// A layer whose parameters are not trained; no code is made for their gradients. Of a shared layer
/// one place that is frozen freezes the parameters, whichever place comes first, as one
/// requires_grad_(False) does in PyTorch. `named` and `shared` inside keep their names.
template <class Layer>
struct frozen : detail::name_of<Layer> {
  template <class... More>
  static constexpr value lower(graph& g, value x, More... more) {
    const bool around = g.freezes;
    g.freezes = true;
    const value y = lower_layer<Layer>(g, x, more...);
    g.freezes = around;
    return y;
  }
};

}  // namespace tapeless
