#pragma once
// Views of windows: an axis seen as positions and taps, and what windows that overlap add up to one
// element. The gradient of `taps` is in ops/sum_over_windows.hpp.

#include <tapeless/ops/slice.hpp>

namespace tapeless {

/// y[..., o, k, ...] = x[..., begin + o stride + k dilation, ...]: the same storage seen once per
/// tap. All indices are inside; the dilation may be negative.
struct taps : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "taps";
  static constexpr family kind = family::view;
  struct attributes {
    int axis, positions, count;
    int begin = 0, stride = 1, dilation = 1;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape s = g[in[0]].dims;
    if (a.axis < 0 || a.axis >= s.rank || s.rank == max_rank) {
      g.fail(problem::axis_out_of_range, path{name}, shape{a.axis}, s);
      return {};
    }
    const int reach = (a.count - 1) * a.dilation;
    const int first = a.begin + (reach < 0 ? reach : 0);
    const int last = a.begin + (a.positions - 1) * a.stride + (reach > 0 ? reach : 0);
    if (a.positions < 1 || a.count < 1 || a.stride < 1 || a.dilation == 0 || first < 0 ||
        last >= s[a.axis]) {
      g.fail(problem::window_beyond_axis, path{name}, shape{a.count, a.stride, a.dilation}, s);
      return {};
    }
    return {windowed(s, a.axis, a.positions, a.count), g[in[0]].batched};
  }
  /// A shape whose axis became positions and taps.
  static constexpr shape windowed(const shape& s, int axis, int positions, int count) {
    shape r = s.append(1);
    for (int i = s.rank; i > axis + 1; --i) r.extent[i] = s[i - 1];
    r.extent[axis] = positions;
    r.extent[axis + 1] = count;
    return r;
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx);
  static constexpr bool view(const shape& in, const shape&, const attributes& a, strided& s) {
    const strided from = s;
    for (int i = 0; i < in.rank; ++i) s.stride[i + (i > a.axis)] = from.stride[i];
    s.offset += a.begin * from.stride[a.axis];
    s.stride[a.axis] = from.stride[a.axis] * a.stride;
    s.stride[a.axis + 1] = from.stride[a.axis] * a.dilation;
    return true;
  }
};

/// y[..., q, m, ...] = x[..., begin + q + m slope, first + m step, ...] of two neighbouring axes:
/// what windows that overlap add up to one element, beside each other.
struct shear : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "shear";
  static constexpr family kind = family::view;
  struct attributes {
    int axis, rows, count;
    int begin, slope, first, step;
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    shape s = g[in[0]].dims;
    if (a.axis < 0 || a.axis + 1 >= s.rank) {
      g.fail(problem::axis_out_of_range, path{name}, shape{a.axis}, s);
      return {};
    }
    s.extent[a.axis] = a.rows;
    s.extent[a.axis + 1] = a.count;
    return {s, g[in[0]].batched};
  }
  /// No element of x is in y twice: each goes back to its place.
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const attributes a = attributes_of<shear>(g[id]);
    const shape x = g[g[id].in[0]].dims;
    const int reach = (a.count - 1) * a.slope;
    const int low = -a.begin - (reach > 0 ? reach : 0);
    const int high = x[a.axis] - 1 - a.begin - (reach < 0 ? reach : 0);
    const int before = low < 0 ? -low : 0;
    const int after = high >= a.rows ? high - a.rows + 1 : 0;
    const value wide = apply_with<pad>({a.axis, before, after}, dy);
    const value back = apply_with<shear>(
        {a.axis, x[a.axis], a.count, before - a.begin, -a.slope, 0, 1}, wide);
    dx[0] = detail::unsliced(back, {a.axis + 1, a.first, a.count, a.count == 1 ? 1 : a.step},
                             x[a.axis + 1]);
  }
  static constexpr bool view(const shape&, const shape&, const attributes& a, strided& s) {
    const int row = s.stride[a.axis], tap = s.stride[a.axis + 1];
    s.offset += a.begin * row + a.first * tap;
    s.stride[a.axis + 1] = a.step * tap + a.slope * row;
    return true;
  }
};

}  // namespace tapeless
