// The plain loops on their own: every variant is checked against double precision, then timed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>

#include "contest.hpp"

namespace {

constexpr float rate = 0.05f;
constexpr double tolerance = 2e-5;

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

std::vector<task> tasks(const plain::variant& v) {
  using namespace plain;
  using reference::head;
  const std::string tail = std::string("/") + v.name;
  const auto c_step = [&v, velocity = net_c{}](net_c& net, const float* x, const float* y,
                                               float r) mutable {
    return v.c_step(net, velocity, x, y, r);
  };
  return {
      forward_task<net_a>("A_forward" + tail, v.a_forward, head::sigmoid, 2, 1),
      forward_task<net_b>("B_forward" + tail, v.b_forward, head::softmax, 16, 5),
      forward_task<net_c>("C_forward" + tail, v.c_forward, head::identity, 784, 10),
      step_task<net_a>("A_step_32" + tail, v.a_step, head::sigmoid, a_batch, 2, 2),
      step_task<net_b>("B_step_1" + tail, v.b_step_one, head::softmax, 1, 16, 5),
      step_task<net_b>("B_step_128" + tail, v.b_step_batch, head::softmax, b_batch, 16, 5),
      step_task<net_c>("C_step_64" + tail, c_step, head::softmax, c_batch, 784, 10, momentum),
  };
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (const plain::variant& v : plain::variants()) {
    for (const task& t : tasks(v)) {
      if (!(t.error < tolerance)) {
        std::fprintf(stderr, "%s is wrong by %g\n", t.name.c_str(), t.error);
        return 1;
      }
      benchmark::RegisterBenchmark(t.name.c_str(), t.run)
          ->Repetitions(5)
          ->ReportAggregatesOnly()
          ->ComputeStatistics("min", [](const std::vector<double>& times) {
            return *std::min_element(times.begin(), times.end());
          });
    }
  }
  benchmark::RunSpecifiedBenchmarks();
}
