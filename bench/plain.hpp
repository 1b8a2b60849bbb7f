#pragma once
// The rival to beat: constant-size loops as a competent user writes them in ten minutes, with the
// weights in the orientation that vectorises best ([in][out]), left to the compiler's optimiser.
// bench/peers/plain.cpp holds them; it is compiled once for each set of compiler flags, and a
// benchmark compares with the fastest variant. bench/reference.hpp is the check of both.
#include <array>
#include <span>

namespace plain {

/// y = x W + b, with w[i][o].
template <int In, int Out>
struct dense {
  alignas(64) float w[In][Out];
  alignas(64) float b[Out];
};

/// 2-8-1: relu, sigmoid. Trained with binary cross-entropy.
struct net_a {
  dense<2, 8> l1;
  dense<8, 1> l2;
};
/// 16-64-32-32-5: relu, softmax. Trained with cross-entropy.
struct net_b {
  dense<16, 64> l1;
  dense<64, 32> l2;
  dense<32, 32> l3;
  dense<32, 5> l4;
};
/// 784-128-64-10: relu; forward gives logits. Trained with cross-entropy.
struct net_c {
  dense<784, 128> l1;
  dense<128, 64> l2;
  dense<64, 10> l3;
};

inline constexpr int a_batch = 32, b_batch = 128, c_batch = 64;
inline constexpr float momentum = 0.9f;  // of net_c's optimizer; v = momentum v + g, w -= rate v

/// The loops compiled with one set of flags. Data are rows; labels are class indices or, for net_a,
/// probabilities; a step returns the mean loss before its update.
struct variant {
  const char* name;
  void (*a_forward)(const net_a&, const float* x, float* y, int rows);
  void (*b_forward)(const net_b&, const float* x, float* y, int rows);
  void (*c_forward)(const net_c&, const float* x, float* y, int rows);
  float (*a_step)(net_a&, const float* x, const float* target, float rate);       // a_batch rows
  float (*b_step_one)(net_b&, const float* x, const float* label, float rate);    // one row
  float (*b_step_batch)(net_b&, const float* x, const float* label, float rate);  // b_batch rows
  float (*c_step)(net_c&, net_c& velocity, const float* x, const float* label, float rate);
};

/// Every variant that was built.
std::span<const variant> variants();

/// One layer's numbers with run-time sizes, to fill, copy and compare nets.
struct layer_view {
  float *w, *b;
  int in, out;
};

template <int In, int Out>
layer_view view(dense<In, Out>& d) {
  return {&d.w[0][0], d.b, In, Out};
}

inline std::array<layer_view, 2> layers(net_a& n) { return {view(n.l1), view(n.l2)}; }
inline std::array<layer_view, 4> layers(net_b& n) {
  return {view(n.l1), view(n.l2), view(n.l3), view(n.l4)};
}
inline std::array<layer_view, 3> layers(net_c& n) { return {view(n.l1), view(n.l2), view(n.l3)}; }

}  // namespace plain
