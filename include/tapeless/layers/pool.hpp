#pragma once
// Pools: maximum and mean over windows, over all of space, and over as many windows as are wanted.

#include <limits>
#include <tapeless/layers/windows.hpp>
#include <tapeless/ops/clamp.hpp>
#include <tapeless/ops/floor.hpp>
#include <tapeless/ops/ceil.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/einsum.hpp>
#include <tapeless/ops/first_maximum.hpp>
#include <tapeless/ops/logical_and.hpp>
#include <tapeless/ops/greater_equal.hpp>
#include <tapeless/ops/min.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

namespace detail {

/// The axes of taps behind windows over `axes` axes of space of {channels, ...}.
constexpr unsigned tap_axes(int axes) { return axes == 2 ? 1u << 2 | 1u << 4 : 1u << 2; }

template <kernel K>
constexpr auto explain_pool_of_maximum() {
  explain_pool<K>();
  static_assert(K.counts_padding, "Tapeless: counts_padding is of average pools alone");
}
template <per_axis Parts>
constexpr auto explain_parts() {
  static_assert(Parts.height > 0 && Parts.width > 0,
                "Tapeless: an adaptive pool has at least one part along each axis");
}

/// Whether each window along an axis has an element of the input; says so otherwise.
constexpr bool has_elements(graph& g, value x, int axis, const kernel_axis& a) {
  const int extent = x.dims()[axis];
  const padding_sizes p = a.padding(extent);
  const int room = extent + p.before + p.behind() - (a.size - 1) * a.dilation - 1;
  for (int o = 0; o * a.stride <= room; ++o) {
    bool any = false;
    for (int k = 0; k < a.size && !any; ++k) {
      const int i = o * a.stride + k * a.dilation - p.before;
      any = i >= 0 && i < extent;
    }
    if (!any) {
      g.fail(problem::window_of_padding, g.scope, shape{p.before, p.after}, x.dims());
      return false;
    }
  }
  return true;
}

/// Maximum over windows; -inf stands outside.
constexpr value pool_maximum(graph& g, value x, kernel k, int axes) {
  if (!has_space(g, x, axes, k)) return x;
  for (int i = 0; i < axes; ++i) {
    const kernel_axis a = axis_of_kernel(k, axes == 1 ? 1 : i, true);
    padding_sizes p = a.padding(x.dims()[1 + i]);
    if (k.mode == padding_mode::zeros && !has_elements(g, x, 1 + i, a)) return x;
    if (k.mode != padding_mode::zeros && (p.before > 0 || p.after > 0)) {
      x = padded_by_copies(x, 1 + i, p, k.mode);
      p = {.beyond = p.beyond};
    }
    if (g.failed()) return x;
    if (p.before > 0 || p.behind() > 0)
      x = math::pad(x, 1 + i, p.before, p.behind(), -std::numeric_limits<double>::infinity());
  }
  k.padding = 0;
  k.ceil_mode = false;
  const value windows = windows_over(x, k, axes, true);
  if (g.failed()) return x;
  return apply_with<first_maximum>({.axes = tap_axes(axes)}, windows);
}

/// Elements in each window along one axis that count, as numbers beside the positions: those from
/// `begin` to before `end`.
constexpr value elements_inside(graph& g, const kernel_axis& a, padding_sizes p, int begin, int end,
                                int positions, const shape& along, int axis) {
  if (begin <= -p.before && (positions - 1) * a.stride + a.size - p.before <= end)
    return value{static_cast<double>(a.size)};
  const value first = math::iota(g, along, axis) * value{static_cast<double>(a.stride)} -
                      value{static_cast<double>(p.before)};
  const value last = first + value{static_cast<double>(a.size)};
  return math::min(last, value{static_cast<double>(end)}) -
         math::max(first, value{static_cast<double>(begin)});
}

/// Sums over windows divided by the number of their elements. What ceil_mode reaches beyond the
/// padding never counts.
constexpr value divided_by_sizes(graph& g, value sums, const kernel& k, int axes, const shape& x) {
  const bool padding_counts = k.counts_padding || k.mode != padding_mode::zeros;
  double same = 1;
  for (int i = 0; i < axes; ++i) {
    const kernel_axis a = axis_of_kernel(k, axes == 1 ? 1 : i, true);
    const int axis = 1 + i, positions = sums.dims()[axis];
    const padding_sizes p = a.padding(x[axis]);
    const int begin = padding_counts ? -p.before : 0;
    const int end = x[axis] + (padding_counts ? p.after : 0);
    shape along = sums.dims();
    for (int m = 0; m < along.rank; ++m)
      if (m != axis) along.extent[m] = 1;
    const value n = elements_inside(g, a, p, begin, end, positions, along, axis);
    if (n.recorded())
      sums = sums / n;
    else
      same *= n.literal;
  }
  return sums * value{1 / same};
}

constexpr value pool_mean(graph& g, value x, const kernel& k, int axes) {
  if (!has_space(g, x, axes, k)) return x;
  const bool zeros = k.mode == padding_mode::zeros;
  for (int i = 0; i < axes && zeros && !k.counts_padding; ++i)
    if (!has_elements(g, x, 1 + i, axis_of_kernel(k, axes == 1 ? 1 : i, true))) return x;
  const value windows = windows_over(x, k, axes, true);
  if (g.failed()) return x;
  const value sums = apply_with<sum>({.axes = tap_axes(axes)}, windows);
  return divided_by_sizes(g, sums, k, axes, x.dims());
}

/// Element o of n equal parts of an axis of that extent starts at floor(o extent / n) and ends
/// before ceil((o + 1) extent / n), as PyTorch's adaptive pools.
constexpr value is_in_part(graph& g, int parts, int extent) {
  const value o = math::iota(g, shape{parts, extent}, 0), i = math::iota(g, shape{parts, extent}, 1);
  const value ratio{static_cast<double>(extent)}, n{static_cast<double>(parts)};
  // Begin <= i is (i + 1) n > o extent, and i < end is i n < (o + 1) extent, in whole numbers.
  return math::logical_and((i + value{1.0}) * n > o * ratio, i * n < (o + value{1.0}) * ratio);
}

constexpr value pool_adaptive(graph& g, value x, per_axis parts, int axes, bool maximum) {
  if (!has_space(g, x, axes) || parts.height < 1 || parts.width < 1) return x;
  for (int k = 0; k < axes && !g.failed(); ++k) {
    const int axis = 1 + k, extent = x.dims()[axis], n = parts[axes == 1 ? 1 : k];
    if (n == extent) continue;
    if (extent % n == 0) {
      const value w = math::window(x, axis, extent / n, extent / n);
      x = maximum ? math::first_maximum(w, {axis + 1}) : math::mean(w, axis + 1);
      continue;
    }
    // Parts of different sizes: all elements, those of other parts masked.
    shape full = math::unsqueeze(x, axis).dims();
    full.extent[axis] = n;
    shape mask = full;
    for (int m = 0; m < mask.rank; ++m)
      if (m != axis && m != axis + 1) mask.extent[m] = 1;
    const value inside = math::reshape(is_in_part(g, n, extent), mask);
    const value wide = math::expand(math::unsqueeze(x, axis), full);
    if (maximum) {
      x = math::first_maximum(
          math::select(inside, wide, value{-std::numeric_limits<double>::infinity()}), {axis + 1});
    } else {
      const value size = math::sum(inside, {axis + 1}, false);
      x = math::sum(math::select(inside, wide, value{0.0}), axis + 1) / size;
    }
  }
  return x;
}

}  // namespace detail

/// Greatest element of each window over two axes of space, as PyTorch's MaxPool2d: -inf stands
/// outside, NaN is greatest, and the gradient goes to the first of equal elements.
/// Shapes: x {channels, height, width}, y {channels, positions, positions}. K is the size, which is
/// the stride too, or a `kernel`.
template <auto K>
struct max_pool2d {
  static constexpr auto explain() { detail::explain_pool_of_maximum<detail::kernel_from(K)>(); }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_maximum(g, x, detail::kernel_from(K), 2);
  }
};
/// The same over one axis of space: x {channels, width}.
template <auto K>
struct max_pool1d {
  static constexpr auto explain() {
    detail::explain_pool_of_maximum<detail::kernel_from(K)>();
    detail::explain_one_axis<detail::kernel_from(K)>();
  }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_maximum(g, x, detail::kernel_from(K), 1);
  }
};

/// Mean of each window over two axes of space, as PyTorch's AvgPool2d: zeros outside count as
/// elements unless `counts_padding` is false.
template <auto K>
struct avg_pool2d {
  static constexpr auto explain() {
    detail::explain_pool<detail::kernel_from(K)>();
    static_assert(detail::kernel_from(K).dilation == per_axis{1},
                  "Tapeless: an average pool has no dilation");
  }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_mean(g, x, detail::kernel_from(K), 2);
  }
};
/// The same over one axis of space: x {channels, width}.
template <auto K>
struct avg_pool1d {
  static constexpr auto explain() {
    detail::explain_pool<detail::kernel_from(K)>();
    detail::explain_one_axis<detail::kernel_from(K)>();
    static_assert(detail::kernel_from(K).dilation == per_axis{1},
                  "Tapeless: an average pool has no dilation");
  }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_mean(g, x, detail::kernel_from(K), 1);
  }
};

/// Mean, or greatest element, of all of space: {channels, ...} becomes {channels}.
struct global_avg_pool {
  static constexpr value lower(graph& g, value x) {
    if (g.failed() || x.dims().rank < 2) {
      if (!g.failed()) g.fail(problem::layer_needs_channels, g.scope, x.dims(), shape{1, 1, 1});
      return x;
    }
    const int channels = x.dims()[0];
    return math::mean(math::reshape(x, shape{channels, x.dims().count() / channels}), 1);
  }
};
struct global_max_pool {
  static constexpr value lower(graph& g, value x) {
    if (g.failed() || x.dims().rank < 2) {
      if (!g.failed()) g.fail(problem::layer_needs_channels, g.scope, x.dims(), shape{1, 1, 1});
      return x;
    }
    const int channels = x.dims()[0];
    return math::first_maximum(math::reshape(x, shape{channels, x.dims().count() / channels}), {1});
  }
};

/// As many windows as are wanted, of sizes that differ by one at most, as PyTorch's
/// AdaptiveAvgPool2d and AdaptiveMaxPool2d: x {channels, height, width}, y {channels, Parts}.
template <per_axis Parts>
struct adaptive_avg_pool2d {
  static constexpr auto explain() { detail::explain_parts<Parts>(); }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_adaptive(g, x, Parts, 2, false);
  }
};
template <per_axis Parts>
struct adaptive_max_pool2d {
  static constexpr auto explain() { detail::explain_parts<Parts>(); }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_adaptive(g, x, Parts, 2, true);
  }
};
/// The same over one axis of space: x {channels, width}, y {channels, Parts}.
template <int Parts>
struct adaptive_avg_pool1d {
  static constexpr auto explain() { detail::explain_parts<Parts>(); }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_adaptive(g, x, Parts, 1, false);
  }
};
template <int Parts>
struct adaptive_max_pool1d {
  static constexpr auto explain() { detail::explain_parts<Parts>(); }
  static constexpr value lower(graph& g, value x) {
    return detail::pool_adaptive(g, x, Parts, 1, true);
  }
};

}  // namespace tapeless
