#pragma once
// Trainers by kernels are held to trainers by the reference semantics.

#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace against_reference {

namespace tl = tapeless;
namespace m = tl::math;

/// A network from a function of the graph.
template <auto Define>
struct net_of : tl::network<net_of<Define>> {
  static consteval tl::value define(tl::graph& g) { return Define(g); }
};

using momentum =
    tl::sgd_with<tl::sgd_settings{.momentum = 0.9, .nesterov = true, .weight_decay = 0.1}>;

template <class Trainer>
auto trained(int count, int steps) {
  using net = typename Trainer::network;
  tl::parameters<net, double> theta{};
  for (int t = 0; t < theta.tensors().count; ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e)
      theta.set(t, e, std::sin(1.3 * t + 0.7 * e + 0.2) * 0.4);
  Trainer own{theta, {}, 7};
  constexpr int rows = Trainer::batch_size;
  double x[rows * Trainer::input_size + 1], t[rows * Trainer::target_size + 1];
  for (int i = 0; i < rows * Trainer::input_size; ++i) x[i] = std::sin(0.9 * i + 0.1);
  for (int i = 0; i < rows * Trainer::target_size; ++i) t[i] = std::cos(1.1 * i);
  struct result {
    tl::parameters<net, double> theta;
    double loss = 0;
    double y[rows * Trainer::output_size];
  } r{{}, 0, {}};
  for (int k = 0; k < steps; ++k) r.loss += own.step(x, t, count);
  r.theta = own.parameters();
  own.predict(x, r.y);
  return r;
}

template <class Net, class Optimizer, int Batch, class... Options>
void check(int count, int steps) {
  using options = tl::scalar_type<double>;
  const auto got =
      trained<tl::trainer<Net, tl::mse, Optimizer, tl::batch<Batch>, options, Options...>>(count,
                                                                                           steps);
  const auto wanted = trained<tl::trainer<Net, tl::mse, Optimizer, tl::batch<Batch>, options,
                                          tl::by_reference, Options...>>(count, steps);
  const auto near = [](double x) { return Approx(x).epsilon(1e-11).margin(1e-12); };
  CHECK(got.loss == near(wanted.loss));
  for (int i = 0; i < got.theta.size; ++i) CHECK(got.theta.data[i] == near(wanted.theta.data[i]));
  for (std::size_t i = 0; i < sizeof(got.y) / sizeof(double); ++i)
    CHECK(got.y[i] == near(wanted.y[i]));
}

/// One sample by features with moments, a partial batch by samples with weight decay.
template <auto Define>
void check_net() {
  using net = net_of<Define>;
  check<net, tl::adam, 1>(1, 2);
  check<net, momentum, 9, tl::lanes_over<tl::lane_axis::samples>>(2, 3);
}

}  // namespace against_reference
