#pragma once
// Network functions: made by tapeless-gen from a trained model. The next import overwrites
// changes.
//
//   source    functions.onnx
//   SHA-256   dbc426bfc1f22b5d52df2e4223476e5bc36c3f5a70b0a60109962a5892e4a263
//   producer  make_models, IR 8, opset 17, local 1
//   input     x [1, 3]
//   output    y [1, 3]
//   weights   0 numbers below

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace imported {

struct functions : tl::network<functions> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3});
    const tl::value h = tl::math::leaky_relu<0.25>(x) + x;
    return tl::math::leaky_relu<0.5>(h) + h;
  }
};

inline constexpr tl::parameters<functions> functions_weights;

}  // namespace imported
