#pragma once
// Positions along an axis.

#include <tapeless/ops/reshape.hpp>

namespace tapeless {

/// y[..., i, ...] = i along one axis, for one-hot masks. Attributes as those of reshape, and
/// index 5 the axis. Stored nowhere: kernels count.
struct iota {
  static constexpr const char* name = "iota";
  static constexpr family kind = family::index;
  static constexpr int arity = 0;
  static constexpr bool no_gradient = true;

  static constexpr result_type infer(graph&, const int*, attributes& attr) {
    return {reshape::target(attr), false};
  }
};

namespace math {
/// 0, 1, 2, ... along the last axis of a shape.
constexpr value iota(graph& g, shape dims) {
  attributes a = tapeless::reshape::to(dims);
  a.index[5] = dims.rank - 1;
  return g.add(&description<tapeless::iota>, nullptr, a);
}
}  // namespace math

}  // namespace tapeless
