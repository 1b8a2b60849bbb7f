#pragma once
// Network chain: made by tapeless-gen from a trained model. The next import overwrites
// changes.
//
//   source    chain.onnx
//   SHA-256   9ae4e69f79f30834926444844d10cdac6f7d1dbde7c908693bff866ffaa2fde3
//   producer  make_models, IR 8, opset 17
//   input     x [1, 3]
//   output    p [1, 2]
//   weights   26 numbers below

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace imported {

struct chain : tl::sequential<
    tl::input<3>,
    tl::named<"fc1", tl::dense<4>>,
    tl::tanh,
    tl::named<"fc2", tl::dense<2>>,
    tl::softmax> {};

namespace chain_data {

// {4, 3}
inline constexpr float fc1_weight[] = {
    0x1.c8p-1f, 0x1p-2f, 0x1.8p-2f, 0x1.98p-1f, 0x1.4p-3f, 0x1.2p-1f, 0x1.58p-1f, -0x1.18p-1f,
    -0x1.c8p-1f, -0x1.ap-2f, -0x1.cp-2f, 0x1.8p-1f};
// {4}
inline constexpr float fc1_bias[] = {
    0x1.a8p-1f, -0x1p+0f, 0.f, 0x1.48p-1f};
// {2, 4}
inline constexpr float fc2_weight[] = {
    -0x1.8p-1f, 0x1.3p-1f, -0x1.88p-1f, -0x1p-4f, 0x1.48p-1f, -0x1.9p-2f, -0x1.4p-2f, -0x1.dp-2f};
// {2}
inline constexpr float fc2_bias[] = {
    0x1.cp-2f, -0x1p-1f};

}  // namespace chain_data

/// The parameters as the model has them.
inline constexpr tl::parameters<chain> chain_weights = [] {
  tl::parameters<chain> theta;
  theta.assign<"fc1.weight">(chain_data::fc1_weight);
  theta.assign<"fc1.bias">(chain_data::fc1_bias);
  theta.assign<"fc2.weight">(chain_data::fc2_weight);
  theta.assign<"fc2.bias">(chain_data::fc2_bias);
  return theta;
}();

}  // namespace imported
