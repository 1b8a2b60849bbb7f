#pragma once
// Network shapes: made by tapeless-gen from a trained model. The next import overwrites
// changes.
//
//   source    shapes.onnx
//   SHA-256   8e0ece64cb3f76ca8dad68ca271b4b1de89517610b89810841aa29a6577772ea
//   producer  make_models, IR 8, opset 17
//   input     x [1, 2, 3]
//   output    y [1, 6]
//   weights   0 numbers below

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace imported {

struct shapes : tl::network<shapes> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 3});
    const tl::value flat = tl::math::reshape(x, tl::shape{6});
    return flat - tl::math::mean(flat, 0, true);
  }
};

inline constexpr tl::parameters<shapes> shapes_weights;

}  // namespace imported
