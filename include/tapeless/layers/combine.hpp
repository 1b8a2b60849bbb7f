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

/// A layer whose parameters are not trained; no code is made for their gradients.
template <class Layer>
struct frozen {
  template <class... More>
  static constexpr value lower(graph& g, value x, More... more) {
    const int first = g.tensor_count;
    const value y = lower_layer<Layer>(g, x, more...);
    for (int i = first; i < g.tensor_count; ++i) g.tensors[i].trainable = false;
    return y;
  }
};

}  // namespace tapeless
