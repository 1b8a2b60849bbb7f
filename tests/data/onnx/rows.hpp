#pragma once
// Network rows: made by tapeless-gen from a trained model. The next import overwrites
// changes.
//
//   source    rows.onnx
//   SHA-256   7c3e6daa4b4d61aacc5d056702170b89bf5327b0d34b77d6c38518eafeb1b21b
//   producer  make_models, IR 8, opset 17
//   input     a [1, 3]: elements 0 to 2 of a row
//   input     b [1, 3]: elements 3 to 5 of a row
//   output    sum [1, 3]: elements 0 to 2 of a row
//   output    most [1]: elements 3 to 3 of a row
//   weights   0 numbers below

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace imported {

struct rows : tl::network<rows> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", tl::shape{3});
    const tl::value b = g.input("b", tl::shape{3});
    const tl::value sum = a + b;
    return tl::math::concat(sum, tl::math::reshape(tl::math::maximum(sum, 0), tl::shape{1}), 0);
  }
};

/// Where each input begins in a row of inputs.
namespace rows_input {
inline constexpr int a = 0;
inline constexpr int b = 3;
}

/// Where each output begins in a row of outputs.
namespace rows_output {
inline constexpr int sum = 0;
inline constexpr int most = 3;
}

inline constexpr tl::parameters<rows> rows_weights;

}  // namespace imported
