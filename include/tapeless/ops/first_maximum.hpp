#pragma once
// Maximum of windows, whose gradient goes to the first of equal elements.

#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/less.hpp>
#include <tapeless/ops/maximum.hpp>
#include <tapeless/ops/reductions.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// y = maximum of x over axes; NaN if an element is. The gradient goes to the first of the elements
/// that are equal to the maximum, row-major, as in PyTorch's max_pool. Composite: the maximum is an
/// ordinary one.
struct first_maximum : reduced_axes {
  using reduced_axes::reduced_axes;
  static constexpr const char* name = "first_maximum";
  static constexpr family kind = family::composite;

  static constexpr value decompose(graph&, const value* in, const attributes& a) {
    return apply_with<maximum>(a, in[0]);
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const attributes a = unpack<attributes>(n.attr);
    const value x{g, n.in[0]};
    const shape full = x.dims(), one = kept(full, a);
    value number{0.0};  // of an element among those that become one
    int after = 1;
    for (int i = full.rank - 1; i >= 0; --i)
      if ((a.axes >> i & 1) != 0) {
        shape along = full;
        for (int k = 0; k < full.rank; ++k)
          if (k != i) along.extent[k] = 1;
        number = number + math::iota(g, along, i) * value{static_cast<double>(after)};
        after *= full[i];
      }
    const value last{static_cast<double>(after)};
    // Of NaN no comparison is true: the first NaN counts as the maximum.
    const value candidates = math::select(x < math::reshape(value{g, id}, one), last, number);
    const value first = -apply_with<maximum_of_numbers>({.axes = a.axes, .keep = true}, -candidates);
    dx[0] = math::select(number == first, math::reshape(dy, one), value{0.0});
  }
};

namespace math {
/// Maximum over several axes, whose gradient goes to the first of equal elements.
constexpr value first_maximum(value x, std::initializer_list<int> axes, bool keep = false) {
  return apply_with<tapeless::first_maximum>(
      {.axes = reduced_axes::some(x.dims(), axes), .keep = keep}, x);
}
}  // namespace math

}  // namespace tapeless
