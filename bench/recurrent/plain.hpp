#pragma once
// An LSTM or GRU cell with a dense layer as loops of constant size, which the compiler may turn into
// vectors: what a user would write by hand.

#include <array>
#include <cmath>
#include <cstddef>

namespace recurrent_nets {

inline float logistic(float x) { return 1 / (1 + std::exp(-x)); }

/// Gates in PyTorch's order; weights by columns, so that the inner loop runs over gates.
template <std::size_t Hidden, std::size_t Gates>
struct plain_cell {
  std::array<float, Gates * Hidden> input{}, bias{}, own_bias{};
  std::array<std::array<float, Gates * Hidden>, Hidden> own{};  // by hidden feature
  std::array<float, Hidden> h{}, c{}, out{};
  float out_bias = 0;

  float step(float x) {
    std::array<float, Gates * Hidden> a, b = own_bias;
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = input[i] * x + bias[i];
    for (std::size_t k = 0; k < Hidden; ++k)
      for (std::size_t i = 0; i < b.size(); ++i) b[i] += own[k][i] * h[k];
    for (std::size_t i = 0; i < Hidden; ++i) {
      const auto gate = [&](std::size_t g) { return logistic(a[g * Hidden + i] + b[g * Hidden + i]); };
      if constexpr (Gates == 4) {
        const float g = std::tanh(a[2 * Hidden + i] + b[2 * Hidden + i]);
        c[i] = gate(1) * c[i] + gate(0) * g;
        h[i] = gate(3) * std::tanh(c[i]);
      } else {
        const float z = gate(1);
        const float n = std::tanh(a[2 * Hidden + i] + gate(0) * b[2 * Hidden + i]);
        h[i] = (1 - z) * n + z * h[i];
      }
    }
    float y = out_bias;
    for (std::size_t i = 0; i < Hidden; ++i) y += out[i] * h[i];
    return y;
  }
};

}  // namespace recurrent_nets
