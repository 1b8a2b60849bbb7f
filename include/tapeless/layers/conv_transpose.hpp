#pragma once
// Transposed convolutions: the gradient of a convolution with respect to its input, as a layer.

#include <tapeless/layers/conv.hpp>

namespace tapeless {

namespace detail {

constexpr value convolve_transposed(graph& g, value x, int outputs, const kernel& k, int axes,
                                    bool has_bias) {
  if (!has_space(g, x, axes, k) || outputs < 1) return x;
  const int channels = x.dims()[0], groups = k.groups;
  if (!groups_divide(g, x, outputs, groups)) return x;
  const int own = channels / groups, made = outputs / groups;
  const int taps_of_all = (axes == 2 ? k.size.height : 1) * k.size.width;
  const initializer start{nullptr, 0, 0, made * taps_of_all, own * taps_of_all};
  const value w = g.parameter("weight",
                              axes == 2 ? shape{channels, made, k.size.height, k.size.width}
                                        : shape{channels, made, k.size.width},
                              start, true, 1);
  shape apart{groups, own};
  for (int i = 0; i < axes; ++i) apart = apart.append(x.dims()[1 + i]);
  shape split{groups, own, made};
  if (axes == 2) split = split.append(k.size.height);
  split = split.append(k.size.width);
  // What each input adds to the outputs in its window; windows that overlap are added up.
  value y = axes == 2 ? einsum(math::reshape(x, apart), "gchw", math::reshape(w, split), "gcoij",
                               "gohiwj")
                      : einsum(math::reshape(x, apart), "gch", math::reshape(w, split), "gcoi",
                               "gohi");
  for (int i = axes - 1; i >= 0 && !g.failed(); --i) {
    const kernel_axis a = axis_of_kernel(k, axes == 1 ? 1 : i, false);
    const int positions = x.dims()[1 + i], axis = 2 + 2 * i;
    const int more = k.output_padding[axes == 1 ? 1 : i];
    const int extent = (positions - 1) * a.stride - a.before - a.after +
                       a.dilation * (a.size - 1) + more + 1;
    if (extent < 1) {
      g.fail(problem::padding_leaves_nothing, g.scope, shape{a.before, a.after}, x.dims());
      return x;
    }
    y = sum_over_windows{g, {axis, positions, a.size, -a.before, a.stride, a.dilation}, extent}.of(
        y);
  }
  if (g.failed()) return x;
  return with_bias(g, joined_groups(y, outputs), start, has_bias);
}

template <kernel K>
constexpr auto explain_transposed() {
  explain_kernel<K>();
  static_assert(K.padding.rule == padding_rule::given && K.mode == padding_mode::zeros,
                "Tapeless: a transposed convolution takes its padding as numbers");
  constexpr kernel_axis h = axis_of_kernel(K, 0, false), w = axis_of_kernel(K, 1, false);
  static_assert(K.output_padding.height >= 0 && K.output_padding.width >= 0 &&
                    (K.output_padding.height < h.stride || K.output_padding.height < h.dilation) &&
                    (K.output_padding.width < w.stride || K.output_padding.width < w.dilation),
                "Tapeless: an output_padding is at least 0 and smaller than the stride or the "
                "dilation");
  static_assert(K.counts_padding, "Tapeless: counts_padding is of average pools alone");
  static_assert(!K.ceil_mode, "Tapeless: ceil_mode is of pools alone");
}

}  // namespace detail

/// Transposed convolution over two axes of space, as PyTorch's ConvTranspose2d: extents grow to
/// (n - 1) stride - padding in front and behind + dilation (size - 1) + output_padding + 1.
/// Shapes: x {channels, height, width}, `weight` {channels, Outputs / groups, height, width},
/// `bias` {Outputs}.
template <int Outputs, auto K, auto Bias = bias::on>
struct conv_transpose2d {
  static constexpr kernel shape_of_kernel = detail::kernel_from(K);
  static constexpr auto explain() {
    static_assert(Outputs > 0, "Tapeless: a convolution has at least one output channel");
    detail::explain_bias<Bias>();
    detail::explain_transposed<detail::kernel_from(K)>();
  }
  static constexpr value lower(graph& g, value x) {
    return detail::convolve_transposed(g, x, Outputs, shape_of_kernel, 2, detail::asks_for_bias<Bias>);
  }
};

/// The same over one axis of space, as PyTorch's ConvTranspose1d, with the widths of the kernel.
template <int Outputs, auto K, auto Bias = bias::on>
struct conv_transpose1d {
  static constexpr kernel shape_of_kernel = detail::kernel_from(K);
  static constexpr auto explain() {
    static_assert(Outputs > 0, "Tapeless: a convolution has at least one output channel");
    detail::explain_bias<Bias>();
    detail::explain_transposed<detail::kernel_from(K)>();
    detail::explain_one_axis<detail::kernel_from(K)>();
  }
  static constexpr value lower(graph& g, value x) {
    return detail::convolve_transposed(g, x, Outputs, shape_of_kernel, 1, detail::asks_for_bias<Bias>);
  }
};

}  // namespace tapeless
