#pragma once
// Measures one training step of a chain of layers, and asks for its cost.

#include <algorithm>
#include <chrono>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace complexity {

namespace tl = tapeless;

/// Depth layers of Width units with relu between them.
template <int Width, int Depth>
struct layers : tl::network<layers<Width, Depth>> {
  static consteval tl::value define(tl::graph& g) {
    tl::value x = g.input("x", tl::shape{Width});
    for (int i = 0; i < Depth; ++i)
      x = tl::math::relu(g.dense(tl::path{"fc"}.join(i).view(), x, Width));
    return x;
  }
};

/// One point of a curve: counted work and memory, measured time of a call.
struct point {
  int width, depth, batch;
  tl::training_cost cost;
  double forward_ns, step_ns;
};

/// Median time of one call over many rounds of about 20 microseconds.
template <class F>
double median_ns(F&& call) {
  using clock = std::chrono::steady_clock;
  const auto round = [&](int calls) {
    const auto start = clock::now();
    for (int i = 0; i < calls; ++i) call();
    return std::chrono::duration<double, std::nano>(clock::now() - start).count() / calls;
  };
  const int calls = std::clamp(static_cast<int>(20000 / round(3)), 1, 2000);
  std::vector<double> times(401);
  for (double& t : times) t = round(calls);
  std::nth_element(times.begin(), times.begin() + 200, times.end());
  return times[200];
}

template <int Width, int Depth, int Batch>
point measure() {
  using net = layers<Width, Depth>;
  using batch = tl::batch<Batch>;
  std::vector<float> xs(Width * Batch), ys(Width * Batch), out(Width * Batch);
  tl::generator random{tl::seed{1}};
  for (float& x : xs) x = static_cast<float>(random.uniform());
  for (float& y : ys) y = static_cast<float>(random.uniform());
  tl::trainer<net, tl::mse, tl::sgd, batch> t{tl::init<net>(tl::seed{1}), {.learning_rate = 1e-6}};
  const double step = median_ns([&] { t.step(xs.data(), ys.data()); });
  const double forward = median_ns([&] {
    tl::forward<net, batch>(t.parameters(), static_cast<const float*>(xs.data()), out.data());
  });
  return {Width, Depth, Batch, tl::cost_of<net, tl::mse, tl::sgd, batch>, forward, step};
}

/// One curve each, in a source of its own.
std::vector<point> growing_width();
std::vector<point> growing_depth();
std::vector<point> growing_batch();

}  // namespace complexity
