#pragma once
// Small convolutional networks as people embed them, declared with this library's layers. Benchmarks
// time them, tests hold their training to PyTorch.

#include <tapeless/tapeless.hpp>

namespace space_nets {

namespace tl = tapeless;
using tl::kernel;

/// A convolution with batch normalisation, or with a bias instead.
template <bool Normalized, int Channels, kernel K>
struct conv {
  static constexpr tl::value lower(tl::graph& g, tl::value x) {
    if constexpr (Normalized)
      return tl::sequential<tl::conv2d<Channels, K, tl::bias::off>, tl::batch_norm<>>::lower(g, x);
    else
      return tl::sequential<tl::conv2d<Channels, K>>::lower(g, x);
  }
};
template <bool Normalized, kernel K>
struct depthwise {
  static constexpr tl::value lower(tl::graph& g, tl::value x) {
    if constexpr (Normalized)
      return tl::sequential<tl::depthwise_conv2d<K, 1, tl::bias::off>, tl::batch_norm<>>::lower(g,
                                                                                                x);
    else
      return tl::sequential<tl::depthwise_conv2d<K>>::lower(g, x);
  }
};

/// A 3 x 3 kernel over the whole input.
constexpr kernel three(int stride = 1) {
  return {.size = 3, .stride = stride, .padding = tl::padding::same};
}

/// LeNet-5 with ReLU and maximum pools: 0.42 million multiplications.
struct lenet
    : tl::sequential<tl::input<1, 28, 28>, tl::conv2d<6, kernel{.size = 5, .padding = 2}>,
                     tl::relu, tl::max_pool2d<2>, tl::conv2d<16, 5>, tl::relu, tl::max_pool2d<2>,
                     tl::flatten, tl::dense<120>, tl::relu, tl::dense<84>, tl::relu,
                     tl::dense<10>> {};

/// Depthwise, then pointwise.
template <bool Normalized, int Channels, int Stride>
struct separable {
  static constexpr tl::value lower(tl::graph& g, tl::value x) {
    return tl::sequential<depthwise<Normalized, three(Stride)>, tl::relu,
                          conv<Normalized, Channels, kernel{.size = 1}>, tl::relu>::lower(g, x);
  }
};

/// DS-CNN for keywords, as MLPerf Tiny has it: 49 frames of 10 coefficients, 12 words.
template <bool Normalized>
struct ds_cnn
    : tl::sequential<
          tl::input<1, 49, 10>,
          conv<Normalized, 64, kernel{.size = {10, 4}, .stride = 2, .padding = tl::padding::same}>,
          tl::relu, separable<Normalized, 64, 1>, separable<Normalized, 64, 1>,
          separable<Normalized, 64, 1>, separable<Normalized, 64, 1>, tl::global_avg_pool,
          tl::dense<12>> {};

/// MobileNet for people in pictures, as MLPerf Tiny has it: 96 x 96 pixels, width 0.25.
template <bool Normalized>
struct mobilenet
    : tl::sequential<tl::input<3, 96, 96>, conv<Normalized, 8, three(2)>, tl::relu,
                     separable<Normalized, 16, 1>, separable<Normalized, 32, 2>,
                     separable<Normalized, 32, 1>, separable<Normalized, 64, 2>,
                     separable<Normalized, 64, 1>, separable<Normalized, 128, 2>,
                     separable<Normalized, 128, 1>, separable<Normalized, 128, 1>,
                     separable<Normalized, 128, 1>, separable<Normalized, 128, 1>,
                     separable<Normalized, 128, 1>, separable<Normalized, 256, 2>,
                     separable<Normalized, 256, 1>, tl::global_avg_pool, tl::dense<2>> {};

/// Two convolutions and what goes around them; a convolution of size 1 where the shape changes.
template <bool Normalized, int Channels, int Stride>
struct residual_block {
  static constexpr tl::value lower(tl::graph& g, tl::value x) {
    const tl::value y =
        tl::sequential<tl::named<"a", conv<Normalized, Channels, three(Stride)>>, tl::relu,
                       tl::named<"b", conv<Normalized, Channels, three()>>>::lower(g, x);
    if constexpr (Stride != 1)
      x = tl::lower_layer<
          tl::sequential<tl::named<"around", tl::conv2d<Channels, kernel{.size = 1,
                                                                         .stride = Stride}>>>>(g,
                                                                                              x);
    return tl::math::relu(x + y);
  }
};

/// ResNet-8 for images, as MLPerf Tiny has it: 32 x 32 pixels, 10 classes, 12.5 million
/// multiplications.
template <bool Normalized>
struct resnet8
    : tl::sequential<tl::input<3, 32, 32>, conv<Normalized, 16, three()>, tl::relu,
                     residual_block<Normalized, 16, 1>, residual_block<Normalized, 32, 2>,
                     residual_block<Normalized, 64, 2>, tl::global_avg_pool, tl::dense<10>> {};

}  // namespace space_nets
