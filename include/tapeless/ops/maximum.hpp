#pragma once
// Maximum over axes.

#include <tapeless/ops/div.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// y = maximum of x over axes. The gradient is shared evenly where several elements are equal to
/// it, as in PyTorch's amax.
struct maximum : reduced_axes {
  static constexpr const char* name = "maximum";
  static constexpr family kind = family::reduction;

  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const value x{g, n.in[0]};
    const shape k = kept(x.dims(), n.attr);
    const value hit = x == math::reshape(value{g, id}, k);
    const value hits = apply_with<sum>(of(n.attr.index[0], true), hit);
    dx[0] = hit * (math::reshape(dy, k) / hits);
  }
};

namespace math {
/// Maximum over all axes of a sample, or over one.
constexpr value maximum(value x) {
  return apply_with<tapeless::maximum>(
      reduced_axes::of((1 << x.dims().rank) - 1, false, false, 1), x);
}
constexpr value maximum(value x, int axis, bool keep = false) {
  return apply_with<tapeless::maximum>(reduced_axes::of(1 << axis, keep, false, 1), x);
}
/// The same for a user to whom NaN comes back another way: whether it is seen here is unspecified.
constexpr value maximum_of_numbers(value x, int axis, bool keep = false) {
  return apply_with<tapeless::maximum>(reduced_axes::of(1 << axis, keep, false, 2), x);
}
}  // namespace math

}  // namespace tapeless
