#pragma once
// Axes in another order.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// Axis i of the result is axis index[i] of the operand.
struct transpose {
  static constexpr const char* name = "transpose";
  static constexpr family kind = family::view;

  static constexpr result_type infer(graph& g, const int* in, attributes& attr) {
    const shape s = g[in[0]].dims;
    shape r = s;
    int seen = 0;
    for (int i = 0; i < s.rank; ++i) {
      if (attr.index[i] < 0 || attr.index[i] >= s.rank || (seen >> attr.index[i] & 1) != 0) {
        g.fail(problem::axis_out_of_range, path{name}, shape{attr.index[i]}, s);
        return {};
      }
      seen |= 1 << attr.index[i];
      r.extent[i] = s[attr.index[i]];
    }
    return {r, g[in[0]].batched};
  }
  /// Two transposes are one, or none.
  static constexpr value simplify(graph& g, const int* in, const attributes& attr) {
    bool same = true;
    for (int i = 0; i < g[in[0]].dims.rank; ++i) same = same && attr.index[i] == i;
    if (same) return {g, in[0]};
    if (!is<transpose>(g[in[0]].op)) return {};
    attributes both;
    for (int i = 0; i < g[in[0]].dims.rank; ++i) both.index[i] = g[in[0]].attr.index[attr.index[i]];
    return apply_with<transpose>(both, value{g, g[in[0]].in[0]});
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    attributes inverse;
    for (int i = 0; i < g[id].dims.rank; ++i) inverse.index[g[id].attr.index[i]] = i;
    dx[0] = apply_with<transpose>(inverse, dy);
  }
  static constexpr bool view(const shape& in, const shape&, const attributes& attr, strided& s) {
    const strided from = s;
    for (int i = 0; i < in.rank; ++i) s.stride[i] = from.stride[attr.index[i]];
    return true;
  }
};

namespace math {
/// The last two axes exchanged.
constexpr value transpose(value x) {
  attributes a;
  const int r = x.dims().rank;
  for (int i = 0; i < r; ++i) a.index[i] = i < r - 2 ? i : 2 * r - 3 - i;
  return apply_with<tapeless::transpose>(a, x);
}
/// Axis i of the result is axis order[i] of x.
constexpr value permute(value x, shape order) {
  attributes a;
  for (int i = 0; i < order.rank; ++i) a.index[i] = order[i];
  return apply_with<tapeless::transpose>(a, x);
}
}  // namespace math

}  // namespace tapeless
