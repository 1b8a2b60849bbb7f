#pragma once
// Network external: made by tapeless-gen from a trained model. The next import overwrites
// changes.
//
//   source    external.onnx
//   SHA-256   5e2dc1977483861fa01fb7175b6f59aad094e4983a94fcc06dde5afd55dfa65f
//   producer  make_models, IR 8, opset 17
//   input     x [1, 3]
//   output    y0 [1, 2]
//   weights   8 numbers below

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace imported {

struct external : tl::sequential<tl::input<3>, tl::named<"fc", tl::dense<2>>> {};

namespace external_data {

// {2, 3}
inline constexpr float fc_weight[] = {
    0x1.c8p-1f, 0x1.68p-1f, 0x1.bp-2f, 0x1.2p-2f, -0x1.d8p-1f, 0x1.fp-2f};
// {2}
inline constexpr float fc_bias[] = {
    -0x1.8p-5f, -0x1.a8p-1f};

}  // namespace external_data

/// The parameters as the model has them.
inline constexpr tl::parameters<external> external_weights = [] {
  tl::parameters<external> theta;
  theta.assign<"fc.weight">(external_data::fc_weight);
  theta.assign<"fc.bias">(external_data::fc_bias);
  return theta;
}();

}  // namespace imported
