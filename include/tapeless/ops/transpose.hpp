#pragma once
// Axes in another order.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// Axis i of the result is axis order[i] of the operand.
struct transpose : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "transpose";
  static constexpr family kind = family::view;
  struct attributes {
    shape order;

    template <class Attributes, class F>
    static constexpr void each(Attributes& a, F f) {
      f(a.order);
    }
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape s = g[in[0]].dims;
    shape r = s;
    unsigned seen = 0;
    bool fits = a.order.rank == s.rank;
    for (int i = 0; i < s.rank && fits; ++i) {
      const int axis = a.order[i];
      fits = axis >= 0 && axis < s.rank && (seen >> axis & 1) == 0;
      if (!fits) break;
      seen |= 1u << axis;
      r.extent[i] = s[axis];
    }
    if (!fits) {
      g.fail(problem::axis_out_of_range, path{name}, a.order, s);
      return {};
    }
    return {r, g[in[0]].batched};
  }
  /// Two transposes are one, or none.
  static constexpr value simplify(graph& g, const int* in, const attributes& a) {
    const node& n = g[in[0]];
    bool same = true;
    for (int i = 0; i < n.dims.rank; ++i) same = same && a.order[i] == i;
    if (same) return {g, in[0]};
    if (!is<transpose>(n.op)) return {};
    const shape before = attributes_of<transpose>(n).order;
    attributes both = a;
    for (int i = 0; i < n.dims.rank; ++i) both.order.extent[i] = before[a.order[i]];
    return apply_with<transpose>(both, value{g, n.in[0]});
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const attributes a = attributes_of<transpose>(g[id]);
    attributes inverse = a;
    for (int i = 0; i < a.order.rank; ++i) inverse.order.extent[a.order[i]] = i;
    dx[0] = apply_with<transpose>(inverse, dy);
  }
  static constexpr bool view(const shape& in, const shape&, const attributes& a, strided& s) {
    const strided from = s;
    for (int i = 0; i < in.rank; ++i) s.stride[i] = from.stride[a.order[i]];
    return true;
  }
};

namespace math {
/// The last two axes exchanged; x itself where there are no two.
constexpr value transpose(value x) {
  const int r = x.dims().rank;
  if (r < 2) return x;
  shape order = x.dims();
  for (int i = 0; i < r; ++i) order.extent[i] = i < r - 2 ? i : 2 * r - 3 - i;
  return apply_with<tapeless::transpose>({order}, x);
}
/// Axis i of the result is axis order[i] of x.
constexpr value permute(value x, shape order) {
  return apply_with<tapeless::transpose>({order}, x);
}
}  // namespace math

}  // namespace tapeless
