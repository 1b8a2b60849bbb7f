#pragma once
// Gated linear unit: one half of an axis opens and closes the other.

#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/shapes.hpp>
#include <tapeless/ops/sigmoid.hpp>

namespace tapeless {

namespace math {
/// a sigmoid(b), a and b the first and the second half of an axis; a negative axis counts from the
/// last. Errors: an axis of odd extent does not compile.
constexpr value glu(value x, int axis = -1) {
  const int at = tapeless::axis_of(x, axis);
  if (x.owner->failed()) return x;
  if (at >= 0 && at < x.dims().rank && x.dims()[at] % 2 != 0) {
    x.owner->fail(problem::glu_of_odd_axis, x.owner->scope, shape{x.dims()[at]}, x.dims());
    return x;
  }
  const auto [a, b] = math::split<2>(x, at);
  return x.owner->failed() ? x : a * math::sigmoid(b);
}
}  // namespace math

/// y = a sigmoid(b) of the two halves of an axis, as PyTorch's GLU; the last axis unless told, 0
/// for channels. Shapes: y has half of the extent of x along that axis.
template <int Axis = -1>
struct glu {
  static constexpr value lower(graph& g, value x) { return g.failed() ? x : math::glu(x, Axis); }
};

}  // namespace tapeless
