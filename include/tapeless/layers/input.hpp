#pragma once
// The input of a network.

#include <tapeless/layers/layer.hpp>

namespace tapeless {

/// Declares the shape of one sample; first in a sequential, where it counts for no index.
template <int... Extents>
struct input {
  static_assert(sizeof...(Extents) <= max_rank, "Tapeless: an input has at most six axes");
  static constexpr shape dims{Extents...};
  static constexpr value declare(graph& g) { return g.input("x", dims); }
};

/// A single number per sample.
template <>
struct input<> {
  static constexpr shape dims{};
  static constexpr value declare(graph& g) { return g.input("x", dims); }
};

}  // namespace tapeless
