// Plain loops that somebody has spent an afternoon on: two partial sums in forward, samples side by
// side in the smallest net, and each row of the weights read and written once in a training step.
#include "plain.hpp"

namespace {

using namespace plain;

struct nothing {};

template <int In, int Out>
inline void forward(const dense<In, Out>& d, const float* x, float* y) {
  static_assert(In % 2 == 0);
  float even[Out], odd[Out] = {};  // one sum alone would wait for its own last addition
  for (int o = 0; o < Out; ++o) even[o] = d.b[o];
  for (int i = 0; i < In; i += 2) {
    for (int o = 0; o < Out; ++o) even[o] += x[i] * d.w[i][o];
    for (int o = 0; o < Out; ++o) odd[o] += x[i + 1] * d.w[i + 1][o];
  }
  for (int o = 0; o < Out; ++o) y[o] = even[o] + odd[o];
}

template <int In, int Out>
inline void forward_relu(const dense<In, Out>& d, const float* x, float* y) {
  forward(d, x, y);
  for (int o = 0; o < Out; ++o) y[o] = y[o] > 0 ? y[o] : 0;
}

template <int In, int Out>
inline void forward_tanh(const dense<In, Out>& d, const float* x, float* y) {
  forward(d, x, y);
  for (int o = 0; o < Out; ++o) y[o] = std::tanh(y[o]);
}

template <int N>
inline void softmax(float* y) {
  float top = y[0], sum = 0;
  for (int o = 1; o < N; ++o) top = y[o] > top ? y[o] : top;
  for (int o = 0; o < N; ++o) y[o] = std::exp(y[o] - top);
  for (int o = 0; o < N; ++o) sum += y[o];
  for (int o = 0; o < N; ++o) y[o] /= sum;
}

// Turns logits into d(mean cross-entropy)/d(logits) and returns this row's loss.
template <int N>
inline float cross_entropy(float* y, int label, float scale) {
  softmax<N>(y);
  const float loss = -std::log(y[label]);
  y[label] -= 1;
  for (int o = 0; o < N; ++o) y[o] *= scale;
  return loss;
}

// dx = dy W^T where x > 0 (relu of the layer before); then w -= rate * x^T dy, row by row of W, so
// that each row is read and written once. Apply(weight, gradient, i, o) is the optimizer.
template <int Rows, bool NeedsInput, int In, int Out, class Apply>
inline void backward(dense<In, Out>& d, const float* x, const float* dy, float* dx, Apply apply) {
  for (int i = 0; i < In; ++i) {
    float g[Out] = {};
    for (int n = 0; n < Rows; ++n) {
      const float xi = x[n * In + i];
      if constexpr (NeedsInput) {
        float sum = 0;
        for (int o = 0; o < Out; ++o) sum += d.w[i][o] * dy[n * Out + o];
        dx[n * In + i] = xi > 0 ? sum : 0;
      }
      for (int o = 0; o < Out; ++o) g[o] += xi * dy[n * Out + o];
    }
    for (int o = 0; o < Out; ++o) apply(d.w[i][o], g[o], i, o);
  }
  float g[Out] = {};
  for (int n = 0; n < Rows; ++n) {
    for (int o = 0; o < Out; ++o) g[o] += dy[n * Out + o];
  }
  for (int o = 0; o < Out; ++o) apply(d.b[o], g[o], In, o);
}

void a_forward(const net_a& net, const float* x, float* y) {
  float h[8], z;
  forward_relu(net.l1, x, h);
  forward(net.l2, h, &z);
  *y = 1 / (1 + std::exp(-z));
}

void b_forward(const net_b& net, const float* x, float* y) {
  alignas(64) float h1[64], h2[32], h3[32];
  forward_relu(net.l1, x, h1);
  forward_relu(net.l2, h1, h2);
  forward_relu(net.l3, h2, h3);
  forward(net.l4, h3, y);
  softmax<5>(y);
}

void c_forward(const net_c& net, const float* x, float* y) {
  alignas(64) float h1[128], h2[64];
  forward_relu(net.l1, x, h1);
  forward_relu(net.l2, h1, h2);
  forward(net.l3, h2, y);
}

void d_forward(const net_d& net, const float* x, float* y) {
  alignas(64) float h1[64], h2[64];
  forward_tanh(net.l1, x, h1);
  forward_tanh(net.l2, h1, h2);
  forward(net.l3, h2, y);
}

// So small a net fills the vectors only with samples side by side.
float a_step(net_a& net, nothing&, const float* x, const float* target, float rate) {
  constexpr int rows = 32;
  alignas(64) float xt[2][rows], h[8][rows], z[rows], dh[rows], term[rows];
  for (int n = 0; n < rows; ++n) {
    xt[0][n] = x[2 * n];
    xt[1][n] = x[2 * n + 1];
    z[n] = net.l2.b[0];
  }
  for (int o = 0; o < 8; ++o) {
    for (int n = 0; n < rows; ++n) {
      const float s = net.l1.b[o] + xt[0][n] * net.l1.w[0][o] + xt[1][n] * net.l1.w[1][o];
      h[o][n] = s > 0 ? s : 0;
      z[n] += h[o][n] * net.l2.w[o][0];
    }
  }
  float loss = 0, bias = 0;
  for (int n = 0; n < rows; ++n) {
    const float p = 1 / (1 + std::exp(-z[n]));
    term[n] = target[n] * std::log(p) + (1 - target[n]) * std::log(1 - p);
    z[n] = (p - target[n]) * (1.0f / rows);
  }
  for (int n = 0; n < rows; ++n) loss -= term[n];
  for (int n = 0; n < rows; ++n) bias += z[n];
  net.l2.b[0] -= rate * bias;
  for (int o = 0; o < 8; ++o) {
    const float w = net.l2.w[o][0];
    float g = 0, g0 = 0, g1 = 0, gb = 0;
    for (int n = 0; n < rows; ++n) {
      g += h[o][n] * z[n];
      dh[n] = h[o][n] > 0 ? w * z[n] : 0;
      g0 += xt[0][n] * dh[n];
      g1 += xt[1][n] * dh[n];
      gb += dh[n];
    }
    net.l2.w[o][0] -= rate * g;
    net.l1.w[0][o] -= rate * g0;
    net.l1.w[1][o] -= rate * g1;
    net.l1.b[o] -= rate * gb;
  }
  return loss / rows;
}

template <int Rows>
float b_step(net_b& net, nothing&, const float* x, const float* label, float rate) {
  alignas(64) float h1[Rows * 64], h2[Rows * 32], h3[Rows * 32], y[Rows * 5];
  alignas(64) float d1[Rows * 64], d2[Rows * 32], d3[Rows * 32];
  float loss = 0;
  for (int n = 0; n < Rows; ++n) {
    forward_relu(net.l1, x + 16 * n, h1 + 64 * n);
    forward_relu(net.l2, h1 + 64 * n, h2 + 32 * n);
    forward_relu(net.l3, h2 + 32 * n, h3 + 32 * n);
    forward(net.l4, h3 + 32 * n, y + 5 * n);
    loss += cross_entropy<5>(y + 5 * n, static_cast<int>(label[n]), 1.0f / Rows);
  }
  const auto sgd = [rate](float& w, float g, int, int) { w -= rate * g; };
  backward<Rows, true>(net.l4, h3, y, d3, sgd);
  backward<Rows, true>(net.l3, h2, d3, d2, sgd);
  backward<Rows, true>(net.l2, h1, d2, d1, sgd);
  backward<Rows, false>(net.l1, x, d1, nullptr, sgd);
  return loss / Rows;
}

// Each optimizer with what it keeps for every weight.
struct sgd {
  using state = nothing;
  float rate;
  sgd(nothing&, float r) : rate(r) {}
  auto on(auto) {
    return [r = rate](float& w, float g, int, int) { w -= r * g; };
  }
};

struct momentum {
  using state = net_c;
  net_c& velocity;
  float rate;
  momentum(net_c& v, float r) : velocity(v), rate(r) {}
  auto on(auto layer) {
    auto& v = velocity.*layer;
    return [&v, r = rate](float& w, float g, int i, int o) {
      float& speed = i < std::decay_t<decltype(v)>::in ? v.w[i][o] : v.b[o];
      speed = 0.9f * speed + g;
      w -= r * speed;
    };
  }
};

struct adam {
  struct state {
    net_c first, second;
    float power1 = 1, power2 = 1;
  };
  state& s;
  float rate, correct;
  adam(state& kept, float r) : s(kept) {
    rate = r / (1 - (s.power1 *= 0.9f));
    correct = 1 / std::sqrt(1 - (s.power2 *= 0.999f));
  }
  auto on(auto layer) {
    auto &m = s.first.*layer, &v = s.second.*layer;
    return [&m, &v, r = rate, c = correct](float& w, float g, int i, int o) {
      constexpr int in = std::decay_t<decltype(v)>::in;
      float &mean = i < in ? m.w[i][o] : m.b[o], &square = i < in ? v.w[i][o] : v.b[o];
      mean = 0.9f * mean + 0.1f * g;
      square = 0.999f * square + 0.001f * g * g;
      w -= r * mean / (std::sqrt(square) * c + 1e-8f);
    };
  }
};

template <class Update>
float c_step(net_c& net, typename Update::state& state, const float* x, const float* label,
             float rate) {
  constexpr int rows = 64;
  alignas(64) static float h1[rows * 128], h2[rows * 64], y[rows * 10];
  alignas(64) static float d1[rows * 128], d2[rows * 64];
  float loss = 0;
  for (int n = 0; n < rows; ++n) {
    forward_relu(net.l1, x + 784 * n, h1 + 128 * n);
    forward_relu(net.l2, h1 + 128 * n, h2 + 64 * n);
    forward(net.l3, h2 + 64 * n, y + 10 * n);
    loss += cross_entropy<10>(y + 10 * n, static_cast<int>(label[n]), 1.0f / rows);
  }
  Update update(state, rate);
  backward<rows, true>(net.l3, h2, y, d2, update.on(&net_c::l3));
  backward<rows, true>(net.l2, h1, d2, d1, update.on(&net_c::l2));
  backward<rows, false>(net.l1, x, d1, nullptr, update.on(&net_c::l1));
  return loss / rows;
}

template <class Update>
using c_worker = step_worker<net_c, typename Update::state, c_step<Update>>;

}  // namespace

void contest_contenders(std::vector<contest::contender>& all) {
  all.push_back(offer<forward_worker<net_a, a_forward>>("A_forward"));
  all.push_back(offer<forward_worker<net_b, b_forward>>("B_forward"));
  all.push_back(offer<forward_worker<net_c, c_forward>>("C_forward"));
  all.push_back(offer<forward_worker<net_d, d_forward>>("D_forward"));
  all.push_back(offer<step_worker<net_a, nothing, a_step>>("A_step_32"));
  all.push_back(offer<step_worker<net_b, nothing, b_step<1>>>("B_step_1"));
  all.push_back(offer<step_worker<net_b, nothing, b_step<128>>>("B_step_128"));
  all.push_back(offer<c_worker<sgd>>("C_step_64_sgd"));
  all.push_back(offer<c_worker<momentum>>("C_step_64_momentum"));
  all.push_back(offer<c_worker<adam>>("C_step_64_adam"));
}
