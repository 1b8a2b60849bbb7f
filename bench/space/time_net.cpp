// Times one network and this processor's fused multiply-adds, by turns.
//
// NETS, the header of the network, NET, BATCH, TRAINS and, for a loss over values, LOSS come from the
// command line of the compiler (scripts/bench_space.py, scripts/bench_attention.py).

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

#include "../multiply_add_rate.hpp"
#include NETS

namespace {

namespace tl = tapeless;
using net = NET;
#ifndef LOSS
#define LOSS tl::cross_entropy
#endif

template <class F>
void measure(F&& run) {
  std::vector<double> times;
  double rate = 0;
  const auto begin = clock_type::now();
  while (times.size() < 20 || (seconds_since(begin) < 2 && times.size() < 20000)) {
    const auto start = clock_type::now();
    run();
    times.push_back(seconds_since(start));
    if (times.size() % 64 == 20) rate = std::max(rate, multiply_add_rate());
  }
  std::sort(times.begin(), times.end());
  std::printf("%.3f %.3f %.1f\n", 1e6 * times.front(), 1e6 * times[times.size() / 2], rate);
}

}  // namespace

int main() {
  std::vector<float> x(static_cast<std::size_t>(BATCH * tl::input_size<net>));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i * 37 % 101) / 50 - 1;
#if TRAINS
  using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;
  using trainer = tl::trainer<net, LOSS, momentum, tl::batch<BATCH>>;
  const auto t = std::make_unique<trainer>(tl::seed{1});
  std::vector<float> labels(static_cast<std::size_t>(BATCH * trainer::target_size));
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<float>(i % 2);
  measure([&] { t->step(x.data(), labels.data()); });
#else
  const auto theta = std::make_unique<tl::parameters<net>>(tl::init<net>(tl::seed{1}));
  std::vector<float> y(static_cast<std::size_t>(BATCH * tl::output_size<net>));
  measure([&] { tl::forward<net, tl::batch<BATCH>>(*theta, x.data(), y.data()); });
#endif
}
