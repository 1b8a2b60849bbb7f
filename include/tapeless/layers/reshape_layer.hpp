#pragma once
// Layers that change the shape of a sample and nothing else.

#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/reshape.hpp>

namespace tapeless {

/// All axes in one.
struct flatten {
  static constexpr value lower(graph&, value x) { return math::flatten(x); }
};

/// The same elements, row-major, in another shape of the same count.
template <int... Extents>
struct reshape_to {
  static constexpr value lower(graph&, value x) { return math::reshape(x, shape{Extents...}); }
};

}  // namespace tapeless
