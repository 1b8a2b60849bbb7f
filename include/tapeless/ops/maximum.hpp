#pragma once
// Maximum over axes.

#include <tapeless/ops/div.hpp>
#include <tapeless/ops/equal.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// y = maximum of x over axes; NaN if one of the elements is. The gradient is shared evenly where
/// several elements are equal to the maximum, as in PyTorch's amax.
struct maximum : reduced_axes {
  using reduced_axes::reduced_axes;
  static constexpr const char* name = "maximum";
  static constexpr reduction_kind reduces = reduction_kind::maximum;

  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const value x{g, n.in[0]};
    const attributes a = unpack<attributes>(n.attr);
    const shape k = kept(x.dims(), a);
    const value hit = x == math::reshape(value{g, id}, k);
    const value hits = apply_with<sum>({.axes = a.axes, .keep = true}, hit);
    dx[0] = hit * (math::reshape(dy, k) / hits);
  }
};

/// The same, but whether NaN shows in the result is unspecified: for values whose NaN reaches the
/// user another way.
struct maximum_of_numbers : maximum {
  using maximum::maximum;
  static constexpr const char* name = "maximum_of_numbers";
  static constexpr reduction_kind reduces = reduction_kind::maximum_of_numbers;
};

namespace math {
/// Refuses two values, in a sentence.
template <symbolic V, class B>
requires(symbolic<B> || std::is_floating_point_v<B>) constexpr V maximum(V x, B) {
  static_assert(never<B>,
                "Tapeless: tl::math::maximum is the greatest element of one value; the greater of "
                "two values, element by element, is tl::math::max(a, b)");
  return x;
}
/// Maximum over all axes of a sample, over one, or over several; NaN if an element is.
constexpr value maximum(value x) {
  return apply_with<tapeless::maximum>({.axes = reduced_axes::all(x.dims())}, x);
}
constexpr value maximum(value x, int axis, bool keep = false) {
  return apply_with<tapeless::maximum>({.axes = reduced_axes::one(x.dims(), axis), .keep = keep},
                                       x);
}
constexpr value maximum(value x, std::initializer_list<int> axes, bool keep = false) {
  return apply_with<tapeless::maximum>({.axes = reduced_axes::some(x.dims(), axes), .keep = keep},
                                       x);
}
constexpr value maximum_of_numbers(value x, int axis, bool keep = false) {
  return apply_with<tapeless::maximum_of_numbers>(
      {.axes = reduced_axes::one(x.dims(), axis), .keep = keep}, x);
}
}  // namespace math

}  // namespace tapeless
