#pragma once
// Windows over the axes of space of {channels, width} or {channels, height, width}.

#include <tapeless/layers/kernel.hpp>
#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/window.hpp>

namespace tapeless::detail {

/// Whether x has channels and as many axes of space; says so otherwise.
constexpr bool has_space(graph& g, value x, int axes) {
  if (g.failed()) return false;
  if (x.dims().rank == 1 + axes) return true;
  g.fail(problem::layer_needs_channels, g.scope, x.dims(),
         axes == 1 ? shape{1, 1} : shape{1, 1, 1});
  return false;
}

/// The same for a layer with a kernel; false, and nothing said here, where the kernel is not sound.
constexpr bool has_space(graph& g, value x, int axes, const kernel& k) {
  return has_space(g, x, axes) && is_sound(k);
}

/// x with copies of its own elements before and after an axis.
constexpr value padded_by_copies(value x, int axis, padding_sizes p, padding_mode mode) {
  const int n = x.dims()[axis];
  const int most = mode == padding_mode::reflect ? n - 1 : n;
  if (mode != padding_mode::replicate && (p.before > most || p.after > most)) {
    x.owner->fail(problem::copies_beyond_axis, path{"padding"}, shape{p.before, p.after}, x.dims());
    return x;
  }
  const auto part = [&](int size, bool front) {
    if (mode == padding_mode::circular)
      return math::slice(x, axis, front ? n - size : 0, size);
    if (mode == padding_mode::reflect)
      return math::slice(x, axis, front ? size : n - 2, size, -1);
    shape wide = x.dims();
    wide.extent[axis] = size;
    return math::expand(math::slice(x, axis, front ? 0 : n - 1, 1), wide);
  };
  value y = x;
  if (p.before > 0) y = math::concat(part(p.before, true), y, axis);
  if (p.after > 0) y = math::concat(y, part(p.after, false), axis);
  return y;
}

/// Windows over the last `axes` axes: each becomes positions and taps. What stands outside is 0, or
/// copies of elements.
constexpr value windows_over(value x, const kernel& k, int axes, bool pools) {
  for (int i = 0; i < axes && !x.owner->failed(); ++i) {
    const int axis = x.dims().rank - axes + i;  // the axes before have a tap each more
    const kernel_axis a = axis_of_kernel(k, axes == 1 ? 1 : i, pools);
    padding_sizes p = a.padding(x.dims()[axis]);
    if (k.mode != padding_mode::zeros && (p.before > 0 || p.after > 0)) {
      x = padded_by_copies(x, axis, p, k.mode);
      p = {.beyond = p.beyond};
    }
    if (!x.owner->failed())
      x = math::window(x, axis, a.size, a.stride, a.dilation, p.before, p.behind());
  }
  return x;
}

}  // namespace tapeless::detail
