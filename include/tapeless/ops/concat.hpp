#pragma once
// Joining along an axis.

#include <tapeless/ops/slice.hpp>

namespace tapeless {

/// Two values one after the other along an axis.
struct concat : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "concat";
  static constexpr family kind = family::join;
  static constexpr int arity = 2;
  struct attributes {
    int axis;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& at) {
    const shape a = g[in[0]].dims, b = g[in[1]].dims;
    if (at.axis < 0 || at.axis >= a.rank || a.rank != b.rank) {
      g.fail(problem::axis_out_of_range, path{name}, b, a);
      return {};
    }
    for (int i = 0; i < a.rank; ++i)
      if (i != at.axis && a[i] != b[i]) g.fail(problem::shapes_do_not_broadcast, path{name}, b, a);
    shape s = a;
    s.extent[at.axis] += b[at.axis];
    return {s, g[in[0]].batched || g[in[1]].batched};
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const int axis = attributes_of<concat>(n).axis;
    const int left = g[n.in[0]].dims[axis];
    dx[0] = apply_with<slice>({axis, 0, left}, dy);
    dx[1] = apply_with<slice>({axis, left, n.dims[axis] - left}, dy);
  }
  static constexpr join_layout join(const shape* in, const attributes& a) {
    join_layout l{a.axis};
    l.add(0, in[0][a.axis]);
    l.add(1, in[1][a.axis]);
    return l;
  }
};

namespace math {
/// a, then b along an axis (axis 0 unless told).
constexpr value concat(value a, value b, int axis = 0) {
  return apply_with<tapeless::concat>({tapeless::axis_of(a.recorded() ? a : b, axis)}, a, b);
}

/// `count` values one after the other along an axis: halves are joined, so that no element is
/// copied more often than the logarithm of their number.
constexpr value concat(const value* values, int count, int axis = 0) {
  if (count < 2) return values[0];
  const int half = count / 2;
  return math::concat(math::concat(values, half, axis),
                      math::concat(values + half, count - half, axis), axis);
}
template <int N>
constexpr value concat(const value (&values)[N], int axis = 0) {
  return math::concat(static_cast<const value*>(values), N, axis);
}
}  // namespace math

}  // namespace tapeless
