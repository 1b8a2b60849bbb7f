#pragma once
// Shared by the two plain peers: layers of constant size, and workers around them.
#include <cmath>
#include <memory>
#include <utility>

#include "../contender.hpp"

namespace plain {

/// y = x W + b, with w[i][o]: the orientation that vectorises best.
template <int In, int Out>
struct dense {
  static constexpr int in = In, out = Out;
  alignas(64) float w[In][Out];
  alignas(64) float b[Out];
};

struct net_a {
  dense<2, 8> l1;
  dense<8, 1> l2;
  void each(auto f) { f(l1), f(l2); }
};
struct net_b {
  dense<16, 64> l1;
  dense<64, 32> l2;
  dense<32, 32> l3;
  dense<32, 5> l4;
  void each(auto f) { f(l1), f(l2), f(l3), f(l4); }
};
struct net_c {
  dense<784, 128> l1;
  dense<128, 64> l2;
  dense<64, 10> l3;
  void each(auto f) { f(l1), f(l2), f(l3); }
};
struct net_d {
  dense<24, 64> l1;
  dense<64, 64> l2;
  dense<64, 4> l3;
  void each(auto f) { f(l1), f(l2), f(l3); }
};

template <class Net>
class net_worker : public contest::worker<float> {
 public:
  void load(std::span<const int>, const float* numbers) override {
    net_.each([&](auto& d) {
      for (auto& row : d.w)
        for (float& w : row) w = *numbers++;
      for (float& b : d.b) b = *numbers++;
    });
  }

 protected:
  Net net_;
};

/// Runs Forward(net, x, y).
template <class Net, auto Forward>
class forward_worker : public net_worker<Net> {
 public:
  void forward(const float* x, float* y) override { Forward(this->net_, x, y); }
};

/// Runs Step(net, state, x, target, rate), where State starts as zeros.
template <class Net, class State, auto Step>
class step_worker : public net_worker<Net> {
 public:
  void load(std::span<const int> sizes, const float* numbers) override {
    net_worker<Net>::load(sizes, numbers);
    *state_ = State{};
  }
  void save(std::span<const int>, float* numbers) const override {
    Net net = this->net_;
    net.each([&](auto& d) {
      for (auto& row : d.w)
        for (float w : row) *numbers++ = w;
      for (float b : d.b) *numbers++ = b;
    });
  }
  void set_rate(float rate) override { rate_ = rate; }
  float step(const float* x, const float* target) override {
    return Step(this->net_, *state_, x, target, rate_);
  }

 private:
  std::unique_ptr<State> state_ = std::make_unique<State>();
  float rate_ = 0;
};

template <class Worker>
contest::contender offer(const char* job) {
  return {job, [] { return std::make_unique<Worker>(); }};
}

}  // namespace plain
