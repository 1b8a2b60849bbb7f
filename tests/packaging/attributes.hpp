#pragma once
// Networks for the round trip through ONNX: numbers around a value, zeros and others; operations along
// another axis than the last.

#include <tapeless/tapeless.hpp>

struct padded : tapeless::network<padded> {
  static constexpr tapeless::value define(tapeless::graph& g) {
    const tapeless::value x = g.input("x", tapeless::shape{4, 3});
    const tapeless::value a = tapeless::math::pad(x, 0, 1, 2, 0.5);
    const tapeless::value b = tapeless::math::pad(x, 0, 2, 1);
    return g.dense("out", tapeless::math::flatten(a * b), 2);
  }
};

struct along : tapeless::network<along> {
  static constexpr tapeless::value define(tapeless::graph& g) {
    const tapeless::value x = g.input("x", tapeless::shape{4, 3, 2});
    const tapeless::value a = tapeless::math::softmax(x, 0);
    const tapeless::value b = tapeless::math::log_softmax(x, 1);
    return g.dense("out", tapeless::math::flatten(a * b), 2);
  }
};
