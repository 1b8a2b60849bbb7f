#pragma once
// Windows: an axis becomes positions and taps, so that a convolution is a contraction of windows and
// pooling a reduction of them.

#include <tapeless/ops/sum_over_windows.hpp>

namespace tapeless {

/// Windows over an axis between zeros. Composite: its gradient does not compute what would fall into
/// the zeros.
struct window : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "window";
  static constexpr family kind = family::composite;
  struct attributes {
    int axis, count, stride, dilation, before, after;
  };

  /// Positions over an axis; below 1 where no window fits.
  static constexpr int positions(const attributes& a, int extent) {
    const int room = extent + a.before + a.after - (a.count - 1) * a.dilation - 1;
    return room < 0 ? 0 : room / a.stride + 1;
  }
  static constexpr taps::attributes view_of(const attributes& a, int extent) {
    return {a.axis, positions(a, extent), a.count, 0, a.stride, a.dilation};
  }

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    const shape s = g[in[0]].dims;
    if (a.axis < 0 || a.axis >= s.rank || s.rank == max_rank) {
      g.fail(problem::axis_out_of_range, path{name}, shape{a.axis}, s);
      return {};
    }
    if (a.count < 1 || a.stride < 1 || a.dilation < 1 || a.before < 0 || a.after < 0) {
      g.fail(problem::window_of_nothing, path{name}, shape{a.count, a.stride, a.dilation}, s);
      return {};
    }
    const int n = positions(a, s[a.axis]);
    if (n < 1) {
      g.fail(problem::window_beyond_axis, path{name},
             shape{a.count, a.stride, a.dilation}, s);
      return {};
    }
    return {taps::windowed(s, a.axis, n, a.count), g[in[0]].batched};
  }
  static constexpr value decompose(graph&, const value* in, const attributes& a) {
    const int extent = in[0].dims()[a.axis];
    const taps::attributes view = view_of(a, extent);
    const int used = (view.positions - 1) * a.stride + (a.count - 1) * a.dilation + 1;
    const int after = used - a.before - extent;
    return apply_with<taps>(view, detail::padded_below_taps(in[0], a.axis, a.before,
                                                            after > 0 ? after : 0));
  }
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const attributes a = attributes_of<window>(g[id]);
    const int extent = g[g[id].in[0]].dims[a.axis];
    taps::attributes view = view_of(a, extent);
    view.begin = -a.before;
    dx[0] = detail::sum_over_windows{g, view, extent}.of(dy);
  }
};

namespace math {
/// Windows over an axis: axis `axis` becomes positions, and a new axis behind it taps:
/// y[o, k] = x[o stride + k dilation - before], zeros outside. Errors: a window that is longer than
/// the axis with its zeros does not compile.
constexpr value window(value x, int axis, int taps, int stride = 1, int dilation = 1,
                       int before = 0, int after = 0) {
  axis = tapeless::axis_of(x, axis);
  const tapeless::window::attributes a{axis, taps, stride, dilation, before, after};
  if (before != 0 || after != 0 || taps < 1 || stride < 1 || dilation < 1 || axis < 0 ||
      axis >= x.dims().rank || tapeless::window::positions(a, x.dims()[axis]) < 1)
    return apply_with<tapeless::window>(a, x);
  return apply_with<tapeless::taps>(tapeless::window::view_of(a, x.dims()[axis]), x);
}
}  // namespace math

}  // namespace tapeless
