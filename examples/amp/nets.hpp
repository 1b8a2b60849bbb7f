#pragma once
// Networks that model guitar amplifiers over one channel of sound, declared on sequences: WaveNets in
// the shapes of the Neural Amp Modeler, and a recurrent layer with a dense one, as RTNeural runs them. Each is trained and streamed in files of its own, so
// that these are compiled at the same time.
#include <tapeless/tapeless.hpp>
#include <utility>

namespace amp {

namespace tl = tapeless;

/// Samples of a sequence in training.
inline constexpr int sequence = 2048;
/// Samples of a block in the stream: at 48 kHz one each 1.3 ms.
inline constexpr int block = 64;

constexpr tl::kernel causal(int size, int dilation) {
  return {.size = size, .dilation = dilation, .padding = tl::padding::causal};
}

/// 23 residual layers of Channels channels: a dilated convolution, the input mixed in, a leaky ReLU,
/// whose outputs a head of 16 taps adds up, and a 1x1 convolution back to the residual.
template <int Channels>
struct a2 : tl::network<a2<Channels>> {
  static constexpr int layers = 23;
  static constexpr int size_of_kernel(int layer) { return layer == 14 || layer == 15 ? 15 : 6; }
  static constexpr int dilation(int layer) {
    constexpr int usual[] = {1, 3, 7, 17, 41, 101, 239};
    return layer < 14 ? usual[layer % 7] : layer == 14 ? 1 : layer == 15 ? 13 : usual[layer - 16];
  }

  template <int Layer>
  static constexpr void add_layer(tl::graph& g, tl::value input, tl::value& x, tl::value& sum) {
    using convolution = tl::conv1d<Channels, causal(size_of_kernel(Layer), dilation(Layer))>;
    const tl::path name = tl::path{"layer"}.join(Layer);
    const auto part = [&](const char* own) { return name.join(own); };
    const auto mixed =
        g.layer<tl::conv1d<Channels, 1, tl::bias::off>>(part("input").view(), input);
    const auto z =
        tl::math::leaky_relu<0.01>(g.layer<convolution>(part("conv").view(), x) + mixed);
    sum = Layer == 0 ? z : sum + z;
    if (Layer + 1 < layers) x = x + g.layer<tl::conv1d<Channels, 1>>(part("mix").view(), z);
  }
  static consteval tl::value define(tl::graph& g) {
    const auto input = g.input("x", tl::shape{1, sequence});
    auto x = g.layer<tl::conv1d<Channels, 1, tl::bias::off>>("first", input);
    tl::value sum;
    [&]<int... L>(std::integer_sequence<int, L...>) {
      (add_layer<L>(g, input, x, sum), ...);
    }
    (std::make_integer_sequence<int, layers>{});
    return g.layer<tl::conv1d<1, causal(16, 1)>>("head", sum);
  }
};

/// Two arrays of ten gated layers, of 16 and of 8 channels, dilations 1 to 512: tanh of one half of
/// each convolution times the sigmoid of the other half.
struct a1 : tl::network<a1> {
  template <int Channels, int Layer>
  static constexpr void add_layer(tl::graph& g, tl::path array, tl::value input, tl::value& x,
                                  tl::value& sum) {
    using convolution = tl::conv1d<2 * Channels, causal(3, 1 << Layer)>;
    const tl::path name = array.join(Layer);
    const auto part = [&](const char* own) { return name.join(own); };
    const auto mixed =
        g.layer<tl::conv1d<2 * Channels, 1, tl::bias::off>>(part("input").view(), input);
    const auto z = g.layer<convolution>(part("conv").view(), x) + mixed;
    const auto y = tl::math::tanh(tl::math::slice(z, 0, 0, Channels)) *
                   tl::math::sigmoid(tl::math::slice(z, 0, Channels, Channels));
    sum = sum.recorded() ? sum + y : y;
    x = x + g.layer<tl::conv1d<Channels, 1>>(part("mix").view(), y);
  }
  template <int Channels, int Head, tl::bias Bias>
  static constexpr tl::value add_array(tl::graph& g, tl::path name, tl::value input, tl::value& x,
                                       tl::value sum) {
    x = g.layer<tl::conv1d<Channels, 1, tl::bias::off>>(name.join("first").view(), x);
    [&]<int... L>(std::integer_sequence<int, L...>) {
      (add_layer<Channels, L>(g, name, input, x, sum), ...);
    }
    (std::make_integer_sequence<int, 10>{});
    return g.layer<tl::conv1d<Head, 1, Bias>>(name.join("head").view(), sum);
  }
  static consteval tl::value define(tl::graph& g) {
    const auto input = g.input("x", tl::shape{1, sequence});
    auto x = input;
    const auto head = add_array<16, 8, tl::bias::off>(g, "first", input, x, {});
    return add_array<8, 1, tl::bias::on>(g, "second", input, x, head);
  }
};

/// A recurrent layer, whose gradients go back over 512 samples at most, and a dense layer.
template <class Layer>
struct recurrent_amp : tl::network<recurrent_amp<Layer>> {
  static consteval tl::value define(tl::graph& g) {
    const auto steps = tl::math::transpose(g.input("x", tl::shape{1, sequence}));
    const auto y = g.layer<tl::dense_per_step<1>>("head", g.layer<Layer>("recurrent", steps));
    return tl::math::transpose(y);
  }
};
inline constexpr tl::recurrent in_windows{.window = 512};
using lstm_16 = recurrent_amp<tl::lstm<16, in_windows>>;
using lstm_40 = recurrent_amp<tl::lstm<40, in_windows>>;
using gru_8 = recurrent_amp<tl::gru<8, in_windows>>;

}  // namespace amp
