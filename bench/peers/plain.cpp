// Plain loops as a competent user writes them in ten minutes: one sum for each output, gradients in
// arrays of their own, then the update. The vectors are the compiler's.
#include "plain.hpp"

namespace {

using namespace plain;

template <int In, int Out>
inline void forward(const dense<In, Out>& d, const float* x, float* y) {
  float sum[Out];
  for (int o = 0; o < Out; ++o) sum[o] = d.b[o];
  for (int i = 0; i < In; ++i)
    for (int o = 0; o < Out; ++o) sum[o] += x[i] * d.w[i][o];
  for (int o = 0; o < Out; ++o) y[o] = sum[o];
}

template <int N>
inline void relu(float* y) {
  for (int o = 0; o < N; ++o) y[o] = y[o] > 0 ? y[o] : 0;
}

template <int N>
inline void tanh(float* y) {
  for (int o = 0; o < N; ++o) y[o] = std::tanh(y[o]);
}

template <int N>
inline void softmax(float* y) {
  float top = y[0], sum = 0;
  for (int o = 1; o < N; ++o) top = y[o] > top ? y[o] : top;
  for (int o = 0; o < N; ++o) {
    y[o] = std::exp(y[o] - top);
    sum += y[o];
  }
  for (int o = 0; o < N; ++o) y[o] /= sum;
}

// Softmax, then d(cross-entropy)/d(logits); this row's loss.
template <int N>
inline float cross_entropy(float* y, float label, float scale) {
  softmax<N>(y);
  const int k = static_cast<int>(label);
  const float loss = -std::log(y[k]);
  y[k] -= 1;
  for (int o = 0; o < N; ++o) y[o] *= scale;
  return loss;
}

// Adds to the gradient g; dx = dy W^T where x, the output of a relu, is positive.
template <bool NeedsInput, int In, int Out>
inline void backward(const dense<In, Out>& d, dense<In, Out>& g, const float* x, const float* dy,
                     float* dx) {
  for (int i = 0; i < In; ++i)
    for (int o = 0; o < Out; ++o) g.w[i][o] += x[i] * dy[o];
  for (int o = 0; o < Out; ++o) g.b[o] += dy[o];
  if constexpr (NeedsInput) {
    for (int i = 0; i < In; ++i) {
      float sum = 0;
      for (int o = 0; o < Out; ++o) sum += d.w[i][o] * dy[o];
      dx[i] = x[i] > 0 ? sum : 0;
    }
  }
}

void a_forward(const net_a& net, const float* x, float* y) {
  float h[8];
  forward(net.l1, x, h), relu<8>(h);
  forward(net.l2, h, y);
  *y = 1 / (1 + std::exp(-*y));
}

void b_forward(const net_b& net, const float* x, float* y) {
  float h1[64], h2[32], h3[32];
  forward(net.l1, x, h1), relu<64>(h1);
  forward(net.l2, h1, h2), relu<32>(h2);
  forward(net.l3, h2, h3), relu<32>(h3);
  forward(net.l4, h3, y), softmax<5>(y);
}

void c_forward(const net_c& net, const float* x, float* y) {
  float h1[128], h2[64];
  forward(net.l1, x, h1), relu<128>(h1);
  forward(net.l2, h1, h2), relu<64>(h2);
  forward(net.l3, h2, y);
}

void d_forward(const net_d& net, const float* x, float* y) {
  float h1[64], h2[64];
  forward(net.l1, x, h1), tanh<64>(h1);
  forward(net.l2, h1, h2), tanh<64>(h2);
  forward(net.l3, h2, y);
}

// Loss and gradient of one row, scaled by 1 / rows.
float a_row(const net_a& net, net_a& g, const float* x, float target, float scale) {
  float h[8], y, dh[8];
  forward(net.l1, x, h), relu<8>(h);
  forward(net.l2, h, &y);
  const float p = 1 / (1 + std::exp(-y)), dy = (p - target) * scale;
  backward<true>(net.l2, g.l2, h, &dy, dh);
  backward<false>(net.l1, g.l1, x, dh, nullptr);
  return -target * std::log(p) - (1 - target) * std::log(1 - p);
}

float b_row(const net_b& net, net_b& g, const float* x, float label, float scale) {
  float h1[64], h2[32], h3[32], y[5], d1[64], d2[32], d3[32];
  forward(net.l1, x, h1), relu<64>(h1);
  forward(net.l2, h1, h2), relu<32>(h2);
  forward(net.l3, h2, h3), relu<32>(h3);
  forward(net.l4, h3, y);
  const float loss = cross_entropy<5>(y, label, scale);
  backward<true>(net.l4, g.l4, h3, y, d3);
  backward<true>(net.l3, g.l3, h2, d3, d2);
  backward<true>(net.l2, g.l2, h1, d2, d1);
  backward<false>(net.l1, g.l1, x, d1, nullptr);
  return loss;
}

float c_row(const net_c& net, net_c& g, const float* x, float label, float scale) {
  float h1[128], h2[64], y[10], d1[128], d2[64];
  forward(net.l1, x, h1), relu<128>(h1);
  forward(net.l2, h1, h2), relu<64>(h2);
  forward(net.l3, h2, y);
  const float loss = cross_entropy<10>(y, label, scale);
  backward<true>(net.l3, g.l3, h2, y, d2);
  backward<true>(net.l2, g.l2, h1, d2, d1);
  backward<false>(net.l1, g.l1, x, d1, nullptr);
  return loss;
}

// A net is nothing but floats; padding is updated too and stays zero.
template <class Net>
float* floats(Net& net) {
  return reinterpret_cast<float*>(&net);
}
template <class Net>
constexpr int count = sizeof(Net) / sizeof(float);

template <class Net>
struct sgd {
  void operator()(float* w, const float* g, float rate) {
    for (int i = 0; i < count<Net>; ++i) w[i] -= rate * g[i];
  }
};

template <class Net>
struct momentum {
  Net velocity{};
  void operator()(float* w, const float* g, float rate) {
    float* v = floats(velocity);
    for (int i = 0; i < count<Net>; ++i) {
      v[i] = 0.9f * v[i] + g[i];
      w[i] -= rate * v[i];
    }
  }
};

template <class Net>
struct adam {
  Net first{}, second{};
  float power1 = 1, power2 = 1;
  void operator()(float* w, const float* g, float rate) {
    float *m = floats(first), *v = floats(second);
    const float scale = rate / (1 - (power1 *= 0.9f));
    const float correct = 1 / std::sqrt(1 - (power2 *= 0.999f));
    for (int i = 0; i < count<Net>; ++i) {
      m[i] = 0.9f * m[i] + 0.1f * g[i];
      v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
      w[i] -= scale * m[i] / (std::sqrt(v[i]) * correct + 1e-8f);
    }
  }
};

template <class Net, class Update>
struct training {
  Net gradient{};
  Update update{};
};

template <auto Row, int Rows, class Net, class Update>
float step(Net& net, training<Net, Update>& state, const float* x, const float* y, float rate) {
  float loss = 0;
  state.gradient = Net{};
  for (int n = 0; n < Rows; ++n)
    loss += Row(net, state.gradient, x + n * decltype(net.l1)::in, y[n], 1.0f / Rows);
  state.update(floats(net), floats(state.gradient), rate);
  return loss / Rows;
}

template <class Net, auto Row, int Rows, class Update>
using stepping =
    step_worker<Net, training<Net, Update>,
                static_cast<float (*)(Net&, training<Net, Update>&, const float*, const float*,
                                      float)>(step<Row, Rows, Net, Update>)>;

}  // namespace

void contest_contenders(std::vector<contest::contender>& all) {
  all.push_back(offer<forward_worker<net_a, a_forward>>("A_forward"));
  all.push_back(offer<forward_worker<net_b, b_forward>>("B_forward"));
  all.push_back(offer<forward_worker<net_c, c_forward>>("C_forward"));
  all.push_back(offer<forward_worker<net_d, d_forward>>("D_forward"));
  all.push_back(offer<stepping<net_a, a_row, 32, sgd<net_a>>>("A_step_32"));
  all.push_back(offer<stepping<net_b, b_row, 1, sgd<net_b>>>("B_step_1"));
  all.push_back(offer<stepping<net_b, b_row, 128, sgd<net_b>>>("B_step_128"));
  all.push_back(offer<stepping<net_c, c_row, 64, sgd<net_c>>>("C_step_64_sgd"));
  all.push_back(offer<stepping<net_c, c_row, 64, momentum<net_c>>>("C_step_64_momentum"));
  all.push_back(offer<stepping<net_c, c_row, 64, adam<net_c>>>("C_step_64_adam"));
}
