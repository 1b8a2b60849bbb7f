#pragma once
// Joining along an axis, and its inverse: each is the other's gradient.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// A range of one axis. Attributes: index 0 the axis, index 1 its first element, index 2 how many.
struct slice {
  static constexpr const char* name = "slice";
  static constexpr family kind = family::view;

  static constexpr result_type infer(graph& g, const int* in, attributes& attr) {
    shape s = g[in[0]].dims;
    const int axis = attr.index[0];
    if (axis < 0 || axis >= s.rank || attr.index[1] < 0 || attr.index[2] < 1 ||
        attr.index[1] + attr.index[2] > s[axis]) {
      g.fail(problem::slice_out_of_range, path{name}, shape{attr.index[1], attr.index[2]}, s);
      return {};
    }
    s.extent[axis] = attr.index[2];
    return {s, g[in[0]].batched};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes&) {
    return {g, in[0]};  // taken only where the shape is the same
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx);
  static constexpr bool view(const shape&, const shape&, const attributes& attr, strided& s) {
    s.offset += attr.index[1] * s.stride[attr.index[0]];
    return true;
  }
};

/// Two values one after the other along axis index 0; a constant operand stands for a block of its
/// number of index 1 (left) or index 2 (right) elements, which is how zeros are padded.
struct concat {
  static constexpr const char* name = "concat";
  static constexpr family kind = family::join;
  static constexpr int arity = 2;

  static constexpr result_type infer(graph& g, const int* in, attributes& attr) {
    const int axis = attr.index[0];
    const bool fill_left = attr.index[1] > 0, fill_right = attr.index[2] > 0;
    const shape a = g[in[fill_left ? 1 : 0]].dims;
    shape b = fill_left || fill_right ? a : g[in[1]].dims;
    if (axis < 0 || axis >= a.rank || a.rank != b.rank) {
      g.fail(problem::axis_out_of_range, path{name}, b, a);
      return {};
    }
    if (fill_left || fill_right) b.extent[axis] = attr.index[fill_left ? 1 : 2];
    for (int i = 0; i < a.rank; ++i)
      if (i != axis && a[i] != b[i]) g.fail(problem::shapes_do_not_broadcast, path{name}, b, a);
    shape s = a;
    s.extent[axis] += b[axis];
    return {s, g[in[0]].batched || g[in[1]].batched};
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const int axis = n.attr.index[0];
    const int left = n.attr.index[1] > 0 ? n.attr.index[1] : g[n.in[0]].dims[axis];
    attributes a;
    a.index[0] = axis;
    a.index[2] = left;
    if (n.attr.index[1] == 0) dx[0] = apply_with<slice>(a, dy);
    a.index[1] = left;
    a.index[2] = n.dims[axis] - left;
    if (n.attr.index[2] == 0) dx[1] = apply_with<slice>(a, dy);
  }
};

constexpr void slice::backward(graph& g, int id, value dy, value* dx) {
  const node n = g[id];
  const int axis = n.attr.index[0];
  const int behind = g[n.in[0]].dims[axis] - n.attr.index[1] - n.attr.index[2];
  attributes a;
  a.index[0] = axis;
  value padded = dy;
  if (n.attr.index[1] > 0) {
    a.index[1] = n.attr.index[1];
    padded = apply_with<concat>(a, value{0.0}, padded);
  }
  a.index[1] = 0;
  a.index[2] = behind;
  dx[0] = behind > 0 ? apply_with<concat>(a, padded, value{0.0}) : padded;
}

namespace math {
/// a, then b along an axis (axis 0 unless told).
constexpr value concat(value a, value b, int axis = 0) {
  attributes attr;
  attr.index[0] = axis;
  return apply_with<tapeless::concat>(attr, a, b);
}
}  // namespace math

}  // namespace tapeless
