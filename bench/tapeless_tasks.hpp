#pragma once
// The contest's jobs done by Tapeless.
#include <memory>

#include "tapeless_nets.hpp"
#include "tasks.hpp"

namespace contest {

/// The parameters of a plain net in the library's layout.
template <class Net, class Plain>
tl::parameters<Net> parameters_from(Plain& net) {
  tl::parameters<Net> theta;
  int t = 0;
  for (const plain::layer_view& l : layers(net)) {
    for (int o = 0; o < l.out; ++o) {
      for (int i = 0; i < l.in; ++i) theta.set(t, o * l.in + i, l.w[i * l.out + o]);
      theta.set(t + 1, o, l.b[o]);
    }
    t += 2;
  }
  return theta;
}

template <class Net, class Plain>
task tapeless_forward(std::string name, reference::head last) {
  auto net = filled<Plain>();
  const auto theta = std::make_shared<tl::parameters<Net>>(parameters_from<Net>(net));
  const auto x = inputs(static_cast<std::size_t>(tl::input_size<Net>));
  const auto expected = reference_of(net, last).forward(x.data()).back();
  std::vector<float> y(static_cast<std::size_t>(tl::output_size<Net>));
  forward(*theta, x.data(), y.data());
  double error = 0;
  for (std::size_t o = 0; o < y.size(); ++o) error = std::max(error, std::abs(y[o] - expected[o]));
  return {name + "/tapeless", error, [=](benchmark::State& state) mutable {
            for (auto _ : state) {
              forward(*theta, x.data(), y.data());
              benchmark::ClobberMemory();
            }
          }};
}

template <class Trainer, class Plain>
task tapeless_step(std::string name, reference::head last, int classes, double momentum = 0) {
  auto net = filled<Plain>();
  const auto rows = static_cast<std::size_t>(Trainer::batch_size);
  const auto x = inputs(rows * static_cast<std::size_t>(Trainer::input_size));
  const auto label = labels(rows, classes);
  const auto trainer = std::make_shared<Trainer>(parameters_from<typename Trainer::network>(net),
                                                 typename Trainer::options_type{rate});
  auto expected = reference_of(net, last);
  auto velocity = reference_of(Plain{}, last).layers;
  double error = 0;
  for (int i = 0; i < 3; ++i) {
    const double loss = expected.step(x.data(), label.data(), rows, rate, momentum, velocity);
    error = std::max(error, std::abs(step(*trainer, x.data(), label.data()) - loss));
  }
  trainer->options().learning_rate = 1e-6;
  return {name + "/tapeless", error, [=](benchmark::State& state) {
            for (auto _ : state) benchmark::DoNotOptimize(step(*trainer, x.data(), label.data()));
          }};
}

inline std::vector<task> tapeless_tasks() {
  using reference::head;
  return {
      tapeless_forward<a, plain::net_a>("A_forward", head::sigmoid),
      tapeless_forward<b, plain::net_b>("B_forward", head::softmax),
      tapeless_forward<c, plain::net_c>("C_forward", head::identity),
      tapeless_step<a_trainer, plain::net_a>("A_step_32", head::sigmoid, 2),
      tapeless_step<b_trainer, plain::net_b>("B_step_1", head::softmax, 5),
      tapeless_step<b_batch_trainer, plain::net_b>("B_step_128", head::softmax, 5),
      tapeless_step<c_trainer, plain::net_c>("C_step_64", head::softmax, 10, plain::momentum),
  };
}

}  // namespace contest
