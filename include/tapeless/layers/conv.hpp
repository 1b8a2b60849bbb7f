#pragma once
// Convolutions over one and two axes of space, plain, grouped and depthwise.

#include <tapeless/layers/channels.hpp>
#include <tapeless/layers/dense.hpp>
#include <tapeless/layers/windows.hpp>
#include <tapeless/ops/einsum.hpp>

namespace tapeless {

namespace detail {

/// Whether a convolution has a bias; true for an argument of another type, which explain_bias
/// refuses.
template <auto Bias>
inline constexpr bool asks_for_bias = Bias != static_cast<decltype(Bias)>(bias::off);
template <auto Bias>
constexpr auto explain_bias() {
  static_assert(std::is_same_v<decltype(Bias), bias>,
                "Tapeless: what follows the kernel of a convolution is tl::bias::off or nothing; "
                "stride and padding stand in the kernel: tl::kernel{.size = 3, .stride = 2}");
}

/// A convolution with fresh parameters under the current scope.
constexpr value convolve(graph& g, value x, int outputs, const kernel& k, int axes, bool has_bias) {
  if (!has_space(g, x, axes, k) || outputs < 1) return x;
  const int channels = x.dims()[0], groups = k.groups;
  if (!groups_divide(g, x, outputs, groups)) return x;
  const int own = channels / groups;
  const int height = axes == 2 ? k.size.height : 1;
  const initializer start{nullptr, 0, 0, own * height * k.size.width,
                          outputs / groups * height * k.size.width};
  shape weights = axes == 2 ? shape{outputs, own, k.size.height, k.size.width}
                            : shape{outputs, own, k.size.width};
  const value w = g.parameter("weight", weights, start, true);
  value y;
  if (groups == 1) {
    const value windows = windows_over(x, k, axes, false);
    if (g.failed()) return x;
    y = axes == 2 ? einsum(windows, "chiwj", w, "ocij", "ohw")
                  : einsum(windows, "chi", w, "oci", "oh");
  } else {
    // Channels of a group side by side, {groups, channels of one, space}; one of each group has no
    // axis for that.
    const bool depthwise = own == 1;
    shape apart = depthwise ? shape{groups} : shape{groups, own};
    for (int i = 0; i < axes; ++i) apart = apart.append(x.dims()[1 + i]);
    const value windows = windows_over(math::reshape(x, apart), k, axes, false);
    if (g.failed()) return x;
    // One output of a group has no axis either: what follows is then computed with the sums.
    const bool one_output = depthwise && outputs == groups;
    shape split = one_output ? shape{groups} : shape{groups, outputs / groups};
    if (!depthwise) split = split.append(own);
    if (axes == 2) split = split.append(k.size.height);
    split = split.append(k.size.width);
    const value v = math::reshape(w, split);
    if (one_output)
      y = axes == 2 ? einsum(windows, "ghiwj", v, "gij", "ghw")
                    : einsum(windows, "ghi", v, "gi", "gh");
    else if (depthwise)
      y = axes == 2 ? einsum(windows, "ghiwj", v, "goij", "gohw")
                    : einsum(windows, "ghi", v, "goi", "goh");
    else
      y = axes == 2 ? einsum(windows, "gchiwj", v, "gocij", "gohw")
                    : einsum(windows, "gchi", v, "goci", "goh");
    if (!one_output) y = joined_groups(y, outputs);
  }
  return with_bias(g, y, start, has_bias);
}

}  // namespace detail

/// Convolution over two axes of space, as PyTorch's Conv2d:
/// y[o, h, w] = bias[o] + sum over c, i, j of weight[o, c, i, j] x[c, h s + i d - p, w s + j d -
/// p]. Shapes: x {channels, height, width}, y {Outputs, positions, positions}, `weight` {Outputs,
/// channels / groups, height, width of the kernel}, `bias` {Outputs}. K is the size of the kernel
/// (3, or per_axis{3, 5}) or a `kernel` with stride, dilation, padding and groups. Starts as
/// PyTorch's Conv2d: uniform in +-1/sqrt(channels / groups * size).
template <int Outputs, auto K, auto Bias = bias::on>
struct conv2d {
  static constexpr kernel shape_of_kernel = detail::kernel_from(K);
  static constexpr auto explain() {
    static_assert(Outputs > 0, "Tapeless: a convolution has at least one output channel");
    detail::explain_bias<Bias>();
    detail::explain_convolution<detail::kernel_from(K)>();
  }
  static constexpr value lower(graph& g, value x) {
    return detail::convolve(g, x, Outputs, shape_of_kernel, 2, detail::asks_for_bias<Bias>);
  }
};

/// Convolution over one axis of space, as PyTorch's Conv1d, with the width of the kernel:
/// x {channels, width}, y {Outputs, positions}, `weight` {Outputs, channels / groups, width}.
template <int Outputs, auto K, auto Bias = bias::on>
struct conv1d {
  static constexpr kernel shape_of_kernel = detail::kernel_from(K);
  static constexpr auto explain() {
    static_assert(Outputs > 0, "Tapeless: a convolution has at least one output channel");
    detail::explain_bias<Bias>();
    detail::explain_convolution<detail::kernel_from(K)>();
    detail::explain_one_axis<detail::kernel_from(K)>();
  }
  static constexpr value lower(graph& g, value x) {
    return detail::convolve(g, x, Outputs, shape_of_kernel, 1, detail::asks_for_bias<Bias>);
  }
};

/// A convolution of each channel for itself, with Multiplier outputs of each: groups are the
/// channels, which are inferred; `weight` {channels Multiplier, 1, height, width}.
template <auto K, int Multiplier = 1, auto Bias = bias::on>
struct depthwise_conv2d {
  static constexpr auto explain() {
    static_assert(Multiplier > 0, "Tapeless: a convolution has at least one output channel");
    detail::explain_bias<Bias>();
    detail::explain_depthwise<detail::kernel_from(K)>();
  }
  static constexpr value lower(graph& g, value x) {
    if (!detail::has_space(g, x, 2)) return x;
    kernel k = detail::kernel_from(K);
    k.groups = x.dims()[0];
    return detail::convolve(g, x, k.groups * Multiplier, k, 2, detail::asks_for_bias<Bias>);
  }
};

/// The same over one axis of space: `weight` {channels Multiplier, 1, width}.
template <auto K, int Multiplier = 1, auto Bias = bias::on>
struct depthwise_conv1d {
  static constexpr auto explain() {
    static_assert(Multiplier > 0, "Tapeless: a convolution has at least one output channel");
    detail::explain_bias<Bias>();
    detail::explain_depthwise<detail::kernel_from(K)>();
    detail::explain_one_axis<detail::kernel_from(K)>();
  }
  static constexpr value lower(graph& g, value x) {
    if (!detail::has_space(g, x, 1)) return x;
    kernel k = detail::kernel_from(K);
    k.groups = x.dims()[0];
    return detail::convolve(g, x, k.groups * Multiplier, k, 1, detail::asks_for_bias<Bias>);
  }
};

}  // namespace tapeless
