#pragma once
// The input of a network.

#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

template <class Integer>
constexpr value graph::input_of(std::string_view name, shape dims, double scale) {
  static_assert(
      std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>,
      "Tapeless: input_of<Type> is for integers of 8 to 64 bits, such as std::uint8_t; an "
      "input of the scalar type of the network is g.input(name, shape)");
  const value x = input(name, dims);
  if (failed()) return x;
  tensors[tensor_count - 1].element = storage_type_of<Integer>();
  return scale == 1 ? x : x * value{scale};
}

/// Declares the shape of one sample; first in a sequential, where it counts for no index.
template <int... Extents>
struct input {
  static_assert(sizeof...(Extents) <= max_rank, "Tapeless: an input has at most six axes");
  static_assert(((Extents > 0) && ...), "Tapeless: an input has one number or more along each axis");
  static constexpr shape dims{Extents...};
  static constexpr value declare(graph& g) { return g.input("x", dims); }
};

/// A single number per sample.
template <>
struct input<> {
  static constexpr shape dims{};
  static constexpr value declare(graph& g) { return g.input("x", dims); }
};

/// Declares integers as the input, and what they are multiplied by: pixels are
/// input_of<std::uint8_t, 1.0 / 255, 28, 28>.
template <class Integer, double Scale, int... Extents>
struct input_of {
  static_assert(sizeof...(Extents) <= max_rank, "Tapeless: an input has at most six axes");
  static constexpr shape dims = input<Extents...>::dims;
  static constexpr value declare(graph& g) { return g.input_of<Integer>("x", dims); }
  /// What the layers behind it get: of a network that is a layer of another one too.
  static constexpr value scaled(value x) { return Scale == 1 ? x : x * value{double{Scale}}; }
};

}  // namespace tapeless
