#pragma once
// Network blocks: made by tapeless-gen from a trained model. The next import overwrites
// changes.
//
//   source    blocks.onnx
//   SHA-256   e70b8101b4813fc762f561ddcbb0642e79dea8e8cdee69dec0b6bc55ad86e9d1
//   producer  make_models, IR 8, opset 17
//   input     x [1, 4]
//   output    r2 [1, 4]
//   weights   60 numbers below

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace imported {

struct blocks : tl::network<blocks> {
  static consteval tl::value block(tl::graph& g, tl::value x, std::string_view name) {
    return x + tl::math::silu(g.dense(name, x, 4));
  }
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4});
    const tl::value h = block(g, x, "layers.0");
    const tl::value h_2 = block(g, h, "layers.1");
    const tl::value h_3 = block(g, h_2, "layers.2");
    return h_3;
  }
};

namespace blocks_data {

// {4, 4}
inline constexpr float layers_0_weight[] = {
    0x1.f8p-1f, 0x1.6p-3f, 0x1.4p-1f, -0x1.5p-2f, -0x1.cp-4f, 0x1.cp-4f, 0x1.3p-1f, 0x1.f8p-1f,
    -0x1.8p-5f, 0x1p-6f, 0x1.ap-2f, -0x1p-4f, 0x1p-6f, 0x1p+0f, 0x1p-2f, -0x1.28p-1f};
// {4}
inline constexpr float layers_0_bias[] = {
    0x1.68p-1f, -0x1.6p-1f, 0x1.7p-1f, 0x1.ep-3f};
// {4, 4}
inline constexpr float layers_1_weight[] = {
    -0x1.9p-1f, -0x1.7p-1f, 0x1.4p-1f, -0x1p-3f, -0x1.d8p-1f, 0x1p-5f, 0x1.bp-1f, 0x1p-5f,
    -0x1.cp-4f, 0x1.e8p-1f, 0x1.5p-1f, -0x1.ep-2f, -0x1.ep-1f, -0x1p-4f, 0x1.1p-2f, 0.f};
// {4}
inline constexpr float layers_1_bias[] = {
    -0x1p-2f, -0x1.08p-1f, 0x1p+0f, -0x1.f8p-1f};
// {4, 4}
inline constexpr float layers_2_weight[] = {
    -0x1.ap-1f, 0x1.88p-1f, -0x1p-6f, 0x1.5p-2f, -0x1.4p-1f, -0x1.38p-1f, -0x1p+0f, -0x1.68p-1f,
    0x1.e8p-1f, 0x1.dp-2f, 0x1.ep-3f, 0x1p-4f, 0x1.9p-2f, -0x1.1p-2f, 0x1.58p-1f, -0x1.ep-2f};
// {4}
inline constexpr float layers_2_bias[] = {
    0x1.ep-1f, 0x1.88p-1f, -0x1.4p-1f, 0x1p-6f};

}  // namespace blocks_data

/// The parameters as the model has them.
inline constexpr tl::parameters<blocks> blocks_weights = [] {
  tl::parameters<blocks> theta;
  theta.assign<"layers.0.weight">(blocks_data::layers_0_weight);
  theta.assign<"layers.0.bias">(blocks_data::layers_0_bias);
  theta.assign<"layers.1.weight">(blocks_data::layers_1_weight);
  theta.assign<"layers.1.bias">(blocks_data::layers_1_bias);
  theta.assign<"layers.2.weight">(blocks_data::layers_2_weight);
  theta.assign<"layers.2.bias">(blocks_data::layers_2_bias);
  return theta;
}();

}  // namespace imported
