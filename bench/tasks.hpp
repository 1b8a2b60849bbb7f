#pragma once
// One contender doing one job: checked against double precision, then timed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "contest.hpp"

namespace contest {

inline constexpr float rate = 0.05f;
inline constexpr double tolerance = 2e-5;

struct task {
  std::string name;
  double error;  // after one run, against double precision
  std::function<void(benchmark::State&)> run;
};

template <class Net>
using forward_function = void (*)(const Net&, const float*, float*, int);
template <class Net>
using step_function = float (*)(Net&, const float*, const float*, float);

template <class Net>
task forward_task(std::string name, forward_function<Net> forward, reference::head last, int in,
                  int out) {
  const auto net = contest::filled<Net>();
  const auto x = contest::inputs(static_cast<std::size_t>(in));
  const auto expected = contest::reference_of(net, last).forward(x.data()).back();
  std::vector<float> y(static_cast<std::size_t>(out));
  forward(net, x.data(), y.data(), 1);
  double error = 0;
  for (std::size_t o = 0; o < y.size(); ++o) error = std::max(error, std::abs(y[o] - expected[o]));
  return {name, error, [=](benchmark::State& state) mutable {
            for (auto _ : state) {
              forward(net, x.data(), y.data(), 1);
              benchmark::ClobberMemory();
            }
          }};
}

template <class Net, class Step>
task step_task(std::string name, Step step, reference::head last, int rows, int in, int classes,
               double momentum = 0) {
  auto net = contest::filled<Net>();
  const auto x = contest::inputs(static_cast<std::size_t>(rows * in));
  const auto label = contest::labels(static_cast<std::size_t>(rows), classes);
  auto expected = contest::reference_of(net, last);
  auto velocity = contest::reference_of(Net{}, last).layers;
  double error = 0;
  for (int i = 0; i < 3; ++i) {
    const double loss =
        expected.step(x.data(), label.data(), label.size(), rate, momentum, velocity);
    error = std::max(error, std::abs(step(net, x.data(), label.data(), rate) - loss));
  }
  error = std::max(error, contest::distance(net, expected));
  return {name, error, [=](benchmark::State& state) mutable {
            for (auto _ : state) benchmark::DoNotOptimize(step(net, x.data(), label.data(), 1e-6f));
          }};
}

}  // namespace contest
