#pragma once
// Layers that change the extents of space: upsampling, and channels that become positions.

#include <tapeless/layers/windows.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/einsum.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// How new elements come from old ones.
enum class resize : unsigned char {
  nearest,         ///< the element that the new one lies in
  linear,          ///< between two neighbours; old and new elements are areas (PyTorch's default)
  linear_corners,  ///< the same with the first and the last element in place: align_corners
};

namespace detail {

/// Element i of the result of `factor` phases is element i / factor of phase i % factor.
template <class Phase>
constexpr value by_phases(int factor, int axis, Phase phase) {
  value* const parts = new value[static_cast<std::size_t>(factor)];
  for (int p = 0; p < factor; ++p) parts[p] = phase(p);
  const value y = interleaved(parts, factor, axis);
  delete[] parts;
  return y;
}

/// x moved by one along an axis; the element at the edge stays.
constexpr value neighbour(value x, int axis, bool before) {
  const int n = x.dims()[axis];
  if (n == 1) return x;
  if (before)
    return math::concat(math::slice(x, axis, 0, 1), math::slice(x, axis, 0, n - 1), axis);
  return math::concat(math::slice(x, axis, 1, n - 1), math::slice(x, axis, n - 1, 1), axis);
}

constexpr value upsample_linear(value x, int axis, int factor) {
  const value before = neighbour(x, axis, true), after = neighbour(x, axis, false);
  return by_phases(factor, axis, [&](int p) {
    const double d = (p + 0.5) / factor - 0.5;  // from the old element to the new one
    const value other = d < 0 ? before : after;
    const double share = d < 0 ? -d : d;
    return share == 0 ? x : x * value{1 - share} + other * value{share};
  });
}

/// Weights of old elements in new ones, as a matrix: tents around the new places.
constexpr value upsample_corners(graph& g, value x, int axis, int factor) {
  const int n = x.dims()[axis], wide = n * factor;
  const double step = wide > 1 ? (n - 1.0) / (wide - 1.0) : 0;
  const shape both{wide, n};
  const value place = math::iota(g, both, 0) * value{step};
  const value tent = math::max(value{1.0} - math::abs(place - math::iota(g, both, 1)), value{0.0});
  const char* const labels[] = {"xbc", "axc", "abx"};
  const char* const out[] = {"ybc", "ayc", "aby"};
  if (x.dims().rank == 3) return einsum(x, labels[axis], tent, "yx", out[axis]);
  return einsum(x, "ax", tent, "yx", "ay");
}

constexpr value upsampled(graph& g, value x, per_axis factor, resize how) {
  if (g.failed()) return x;
  const int axes = x.dims().rank - 1;
  if (axes != 1 && axes != 2) {
    g.fail(problem::layer_needs_channels, g.scope, x.dims(), shape{1, 1, 1});
    return x;
  }
  for (int i = 0; i < axes && !g.failed(); ++i) {
    const int f = factor[axes == 1 ? 1 : i], axis = 1 + i;
    if (f == 1) continue;
    if (how == resize::nearest)
      x = by_phases(f, axis, [&](int) { return x; });
    else if (how == resize::linear)
      x = upsample_linear(x, axis, f);
    else
      x = upsample_corners(g, x, axis, f);
  }
  return x;
}

}  // namespace detail

/// Extents of space multiplied by Factor, as PyTorch's Upsample: x {channels, width} or {channels,
/// height, width}; a factor for all axes, or per_axis{height, width}.
template <per_axis Factor, resize How = resize::nearest>
struct upsample {
  static constexpr auto explain() {
    static_assert(Factor.height > 0 && Factor.width > 0,
                  "Tapeless: upsample multiplies extents by at least 1");
  }
  static constexpr value lower(graph& g, value x) { return detail::upsampled(g, x, Factor, How); }
};

/// Groups of Factor^2 channels become squares of positions, as PyTorch's PixelShuffle:
/// x {channels Factor^2, height, width}, y {channels, height Factor, width Factor}.
template <int Factor>
struct pixel_shuffle {
  static_assert(Factor > 0, "Tapeless: pixel_shuffle takes a factor of at least 1");
  static constexpr value lower(graph& g, value x) {
    if (!detail::has_space(g, x, 2)) return x;
    constexpr int square = Factor * Factor;
    const int channels = x.dims()[0] / square;
    if (x.dims()[0] % square != 0) {
      g.fail(problem::groups_do_not_divide, g.scope, shape{square}, x.dims());
      return x;
    }
    return detail::by_phases(Factor, 1, [&](int i) {
      return detail::by_phases(Factor, 2, [&](int j) {
        return math::slice(x, 0, i * Factor + j, channels, channels == 1 ? 1 : square);
      });
    });
  }
};

/// Squares of positions become groups of channels: the inverse of pixel_shuffle, as PyTorch's
/// PixelUnshuffle.
template <int Factor>
struct pixel_unshuffle {
  static_assert(Factor > 0, "Tapeless: pixel_unshuffle takes a factor of at least 1");
  static constexpr value lower(graph& g, value x) {
    if (!detail::has_space(g, x, 2)) return x;
    const int height = x.dims()[1] / Factor, width = x.dims()[2] / Factor;
    if (x.dims()[1] % Factor != 0 || x.dims()[2] % Factor != 0) {
      g.fail(problem::slice_out_of_range, path{"pixel_unshuffle"}, shape{Factor}, x.dims());
      return x;
    }
    return detail::by_phases(Factor * Factor, 0, [&](int p) {
      const value rows = math::slice(x, 1, p / Factor, height, height == 1 ? 1 : Factor);
      return math::slice(rows, 2, p % Factor, width, width == 1 ? 1 : Factor);
    });
  }
};

}  // namespace tapeless
