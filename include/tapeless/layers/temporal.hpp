#pragma once
// Stacks of causal convolutions over time: residual blocks and gated ones.

#include <tapeless/layers/conv.hpp>
#include <tapeless/layers/sequential.hpp>
#include <tapeless/ops/dropped.hpp>
#include <tapeless/ops/relu.hpp>
#include <tapeless/ops/shapes.hpp>
#include <tapeless/ops/sigmoid.hpp>
#include <tapeless/ops/tanh.hpp>

namespace tapeless {

/// Convolutions of a stack over time. A number alone is the size.
struct temporal_settings {
  int size = 3;        ///< taps
  int dilation = 1;    ///< steps between taps, of the first block of a stack
  int growth = 2;      ///< factor of the dilation from block to block
  double dropout = 0;  ///< of each convolution's result, while training
};

namespace detail {

constexpr temporal_settings temporal_from(int size) { return {.size = size}; }
constexpr temporal_settings temporal_from(const temporal_settings& s) { return s; }

constexpr bool is_sound(const temporal_settings& s) {
  return s.size > 0 && s.dilation > 0 && s.growth > 0 && s.dropout >= 0 && s.dropout < 1;
}
template <temporal_settings S, int Channels>
constexpr auto explain_temporal() {
  static_assert(Channels > 0, "Tapeless: a convolution has at least one output channel");
  static_assert(
      S.size > 0 && S.dilation > 0 && S.growth > 0,
      "Tapeless: convolutions over time have a size, a dilation and a growth of at least 1");
  static_assert(S.dropout >= 0 && S.dropout < 1,
                "Tapeless: a dropout probability is at least 0 and below 1");
}

/// A causal convolution with fresh parameters "name.weight" and "name.bias".
constexpr value causal_conv(graph& g, const char* name, value x, int outputs, int size,
                            int dilation) {
  const kernel k{.size = size, .dilation = dilation, .padding = padding::causal};
  return scoped(g, name, [&] { return convolve(g, x, outputs, k, 1, true); });
}

/// tanh(a) sigmoid(b) of the two halves of the channels.
constexpr value gated(value x) {
  const int half = x.dims()[0] / 2;
  return math::tanh(math::slice(x, 0, 0, half)) * math::sigmoid(math::slice(x, 0, half, half));
}

}  // namespace detail

/// y = Activation(x + f(x)), f two causal dilated convolutions, each with an activation and dropout
/// behind it; a convolution of size 1 around them where the channels change.
/// Shapes: x {channels, time}, y {Channels, time}, `conv1.weight` {Channels, channels, size},
/// `conv1.bias`, `conv2.weight`, `conv2.bias`, `downsample.weight`, `downsample.bias` where there
/// is one: the names of the paper's code. S is the size or temporal_settings. No weight
/// normalisation. Source: Bai, Kolter, Koltun 2018, arXiv 1803.01271.
template <int Channels, auto S = temporal_settings{}, class Activation = relu>
struct tcn_block {
  static constexpr temporal_settings settings = detail::temporal_from(S);
  static constexpr bool is_sound = Channels > 0 && detail::is_sound(settings);
  static constexpr auto explain() {
    detail::explain_temporal<detail::temporal_from(S), Channels>();
  }
  static constexpr value lower(graph& g, value x) { return lower_with(g, x, settings.dilation); }
  static constexpr value lower_with(graph& g, value x, int dilation) {
    if (!is_sound || !detail::has_space(g, x, 1)) return x;
    const auto part = [&](const char* name, value v) {
      const value y = lower_layer<Activation>(
          g, detail::causal_conv(g, name, v, Channels, settings.size, dilation));
      return g.failed() ? y : detail::dropped(g, y, settings.dropout);
    };
    const value y = part("conv2", part("conv1", x));
    if (g.failed()) return x;
    const value around =
        x.dims()[0] == Channels ? x : detail::causal_conv(g, "downsample", x, Channels, 1, 1);
    return lower_layer<Activation>(g, around + y);
  }
};

/// Blocks one after the other, the dilation of each growth times that of the one before:
/// "network.0.", "network.1.", ..., as in the paper's code. Its receptive field is 1 + 2 (size - 1)
/// times the sum of the dilations.
template <auto S, int... Channels>
struct tcn {
  static constexpr temporal_settings settings = detail::temporal_from(S);
  static constexpr auto explain() {
    static_assert(sizeof...(Channels) > 0,
                  "Tapeless: a stack over time has at least one block: tl::tcn<size, channels...>");
    (detail::explain_temporal<detail::temporal_from(S), Channels>(), ...);
  }
  static constexpr value lower(graph& g, value x) {
    int index = 0, dilation = settings.dilation;
    const path outer = g.scope;
    const auto block = [&]<int Own>() {
      g.scope = outer.join("network").join(index++);
      x = tcn_block<Own, S>::lower_with(g, x, dilation);
      dilation *= settings.growth;
    };
    (block.template operator()<Channels>(), ...);
    g.scope = outer;
    return x;
  }
};

/// tanh(a) sigmoid(b), a and b the halves of a convolution over time: filter and gate of WaveNet.
/// Shapes: x {channels, time}, y {Outputs, positions}, `weight` {2 Outputs, channels, size}, the
/// filter first, `bias` {2 Outputs}. K as in conv1d. Source: van den Oord et al. 2016, arXiv
/// 1609.03499, equation 2.
template <int Outputs, auto K>
struct gated_conv1d {
  static constexpr auto explain() { conv1d<2 * Outputs, K>::explain(); }
  static constexpr value lower(graph& g, value x) {
    const value y = conv1d<2 * Outputs, K>::lower(g, x);
    return g.failed() || y.dims().rank != 2 || y.dims()[0] != 2 * Outputs ? x : detail::gated(y);
  }
};

/// Gated causal blocks with residual and skip connections, one per dilation:
///   z = gated(conv(x)); skips = skips + skip(z); x = x + residual(z).
/// The result is the sum of the skips; the last block has no residual.
/// Shapes: x {channels, time}, y {Skips, time}; `layers.0.conv.weight`
/// {2 channels, channels, Size}, `layers.0.skip.weight` {Skips, channels, 1},
/// `layers.0.residual.weight` {channels, channels, 1}, each with a bias. Its receptive field is
/// 1 + (Size - 1) times the sum of the dilations.
template <int Skips, int Size, int... Dilations>
struct wavenet {
  static constexpr auto explain() {
    static_assert(Skips > 0, "Tapeless: a convolution has at least one output channel");
    static_assert(Size > 0 && sizeof...(Dilations) > 0 && ((Dilations > 0) && ...),
                  "Tapeless: a wavenet has a size of at least 1 and at least one dilation, each at "
                  "least 1: tl::wavenet<skip channels, size, dilations...>");
  }
  static constexpr value lower(graph& g, value x) {
    if (Skips < 1 || Size < 1 || !detail::has_space(g, x, 1)) return x;
    const int channels = x.dims()[0];
    const path outer = g.scope;
    int index = 0;
    value skips;
    for (const int dilation : {Dilations...}) {
      if (dilation < 1 || g.failed()) return x;
      g.scope = outer.join("layers").join(index++);
      const value z =
          detail::gated(detail::causal_conv(g, "conv", x, 2 * channels, Size, dilation));
      const value skip = detail::causal_conv(g, "skip", z, Skips, 1, 1);
      skips = skips.recorded() ? skips + skip : skip;
      if (index < static_cast<int>(sizeof...(Dilations)))
        x = x + detail::causal_conv(g, "residual", z, channels, 1, 1);
    }
    g.scope = outer;
    return g.failed() ? x : skips;
  }
};

}  // namespace tapeless
