#pragma once
// A range of one axis, and padding: each is the other's gradient.

#include <tapeless/ops/reshape.hpp>

namespace tapeless {

/// Elements begin, begin + step, ... of an axis, `size` of them; a negative step goes backwards.
struct slice : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "slice";
  static constexpr family kind = family::view;
  struct attributes {
    int axis, begin, size;
    int step = 1;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    shape s = g[in[0]].dims;
    if (!is_inside(s, a)) {
      g.fail(problem::slice_out_of_range, path{name}, shape{a.begin, a.size, a.step}, s);
      return {};
    }
    s.extent[a.axis] = a.size;
    return {s, g[in[0]].batched};
  }
  /// Whether the first and the last element are elements of the axis.
  static constexpr bool is_inside(const shape& s, const attributes& a) {
    if (a.axis < 0 || a.axis >= s.rank || a.size < 1 || a.step == 0) return false;
    const int extent = s[a.axis];
    if (a.begin < 0 || a.begin >= extent) return false;
    const int room = a.step > 0 ? (extent - 1 - a.begin) / a.step : a.begin / -a.step;
    return a.size - 1 <= room;
  }
  /// A whole axis is the operand itself; twice backwards is forwards.
  static constexpr value simplify(graph& g, const int* in, const attributes& a) {
    const node& n = g[in[0]];
    if (a.step == 1) return {g, in[0]};  // taken only where the shape is the same
    if (!is<slice>(n.op)) return {};
    const attributes before = attributes_of<slice>(n);
    if (before.axis != a.axis) return {};
    return apply_with<slice>({a.axis, before.begin + a.begin * before.step, a.size,
                              a.size == 1 ? 1 : a.step * before.step},
                             value{g, n.in[0]});
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx);
  static constexpr bool view(const shape&, const shape&, const attributes& a, strided& s) {
    s.offset += a.begin * s.stride[a.axis];
    s.stride[a.axis] *= a.step;
    return true;
  }
};

/// A number, 0 unless told, before and after the elements of an axis.
struct pad : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "pad";
  static constexpr family kind = family::join;
  struct attributes {
    int axis, before, after;
    double number = 0;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    shape s = g[in[0]].dims;
    if (a.axis < 0 || a.axis >= s.rank || a.before < 0 || a.after < 0) {
      g.fail(problem::axis_out_of_range, path{name}, shape{a.axis}, s);
      return {};
    }
    s.extent[a.axis] += a.before + a.after;
    return {s, g[in[0]].batched};
  }
  static constexpr value simplify(graph& g, const int* in, const attributes&) {
    return {g, in[0]};  // taken only where the shape is the same
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const attributes a = attributes_of<pad>(g[id]);
    dx[0] = apply_with<slice>({a.axis, a.before, g[g[id].in[0]].dims[a.axis]}, dy);
  }
  static constexpr join_layout join(const shape* in, const attributes& a) {
    join_layout l{a.axis};
    l.number = a.number;
    l.add(-1, a.before);
    l.add(0, in[0][a.axis]);
    l.add(-1, a.after);
    return l;
  }
};

namespace detail {

/// x with `step` - 1 zeros behind every element of an axis.
constexpr value dilated(value x, int axis, int step) {
  shape dims = x.dims();
  int outer = 1, inner = 1;
  for (int i = 0; i < axis; ++i) outer *= dims[i];
  for (int i = axis + 1; i < dims.rank; ++i) inner *= dims[i];
  const value apart = math::reshape(x, shape{outer, dims[axis], 1, inner});
  dims.extent[axis] *= step;
  return math::reshape(apply_with<pad>({2, 0, step - 1}, apart), dims);
}

}  // namespace detail

namespace detail {

/// The elements of y at begin, begin + step, ... of an axis of that extent, zeros elsewhere:
/// gathered, so that nothing is added up.
constexpr value unsliced(value y, const slice::attributes& a, int extent) {
  int begin = a.begin, step = a.step;
  if (step < 0) {
    begin += (a.size - 1) * step;
    step = -step;
    y = apply_with<slice>({a.axis, a.size - 1, a.size, -1}, y);
  }
  if (step > 1) y = dilated(y, a.axis, step);
  // The zeros behind the last element may be more or fewer than the axis has room for.
  const int size = y.dims()[a.axis], room = extent - begin;
  if (size > room) y = apply_with<slice>({a.axis, 0, room}, y);
  return apply_with<pad>({a.axis, begin, size < room ? room - size : 0}, y);
}

}  // namespace detail

constexpr void slice::backward(graph& g, int id, value dy, value* dx) {
  const attributes a = attributes_of<slice>(g[id]);
  dx[0] = detail::unsliced(dy, a, g[g[id].in[0]].dims[a.axis]);
}

namespace math {
/// Elements begin to begin + size - 1 of an axis, or with a step begin, begin + step, ...; axis and
/// begin count from the end where they are negative.
constexpr value slice(value x, int axis, int begin, int size, int step = 1) {
  axis = tapeless::axis_of(x, axis);
  if (begin < 0 && axis >= 0 && axis < x.dims().rank) begin += x.dims()[axis];
  return apply_with<tapeless::slice>({axis, begin, size, size == 1 ? 1 : step}, x);
}
/// x with the elements of an axis in reverse order.
constexpr value flip(value x, int axis) {
  axis = tapeless::axis_of(x, axis);
  const int n = axis >= 0 && axis < x.dims().rank ? x.dims()[axis] : 1;
  return math::slice(x, axis, n - 1, n, -1);
}
/// x between zeros, or another number: `before` of them in front of an axis and `after` behind.
constexpr value pad(value x, int axis, int before, int after, double number = 0) {
  return apply_with<tapeless::pad>({tapeless::axis_of(x, axis), before, after, number}, x);
}
}  // namespace math

}  // namespace tapeless
