#pragma once
// Network axes: made by tapeless-gen from a trained model. The next import overwrites
// changes.
//
//   source    axes.onnx
//   SHA-256   71c5247e713fe01eef65473e550cc0f9ea31b3b93f23e42b44ab6e47419d5ba4
//   producer  make_models, IR 8, opset 17
//   input     x [1, 2, 2, 1, 2, 3]
//   output    y [1, 4]
//   weights   16 numbers below

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace imported {

struct axes : tl::network<axes> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 2, 1, 2, 3});
    const tl::value turned = tl::math::permute(x, tl::shape{3, 1, 2, 0, 4});
    const tl::value z = tl::einsum("abcde,fe->abcdf", turned, g.parameter("w", tl::shape{4, 3}));
    const tl::value wide = tl::math::reshape(tl::math::tanh(z), tl::shape{1, 2, 2, 1, 2, 4});
    const tl::value mean = tl::math::mean(wide * g.parameter("gate", tl::shape{2, 1, 1, 1, 2, 1}),
        5);
    return tl::math::reshape(tl::math::mean(tl::math::mean(mean, 2), 0), tl::shape{4});
  }
};

namespace axes_data {

// {4, 3}
inline constexpr float w[] = {
    0x1.ap-3f, -0x1.98p-1f, -0x1.c8p-1f, 0x1.5p-2f, -0x1.cp-3f, 0x1.ap-3f, -0x1.7p-2f, -0x1.18p-1f,
    -0x1.68p-1f, -0x1.ep-3f, 0x1.48p-1f, -0x1.ap-3f};
// {2, 1, 1, 1, 2, 1}
inline constexpr float gate[] = {
    -0x1p-2f, 0x1.4p-3f, 0x1.fp-1f, -0x1.cp-3f};

}  // namespace axes_data

/// The parameters as the model has them.
inline constexpr tl::parameters<axes> axes_weights = [] {
  tl::parameters<axes> theta;
  theta.assign<"w">(axes_data::w);
  theta.assign<"gate">(axes_data::gate);
  return theta;
}();

}  // namespace imported
