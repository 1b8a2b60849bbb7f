#pragma once
// Holds ten training steps of a net of bench/space/nets.hpp to PyTorch's losses, from the same
// weights on the same data.

#include <catch2/catch.hpp>
#include <cmath>
#include <golden/space_training.hpp>
#include <space/hashed.hpp>
#include <memory>
#include <vector>

#include "../../bench/space/nets.hpp"

namespace space {

namespace tl = tapeless;

/// Known numbers in all weights and biases, smaller for more inputs; normalisations as they start.
template <class Net, class T>
void start_training(tl::parameters<Net, T>& theta) {
  const auto& all = tl::parameters<Net, T>::tensors();
  int stream = 10;
  for (int t = 0; t < all.count; ++t) {
    const tl::parameter_info& p = all.of[t];
    const bool normalizes =
        !p.trainable || (p.dims.rank == 1 && t + 2 < all.count && !all.of[t + 2].trainable) ||
        (p.dims.rank == 1 && t + 1 < all.count && !all.of[t + 1].trainable);
    if (normalizes) continue;
    const double inputs = p.dims.rank > 1 ? p.dims.count() / p.dims[0] : 100;
    for (int i = 0; i < p.dims.count(); ++i)
      theta.set(t, i, static_cast<T>(hashed(stream, i) / std::sqrt(inputs)));
    ++stream;
  }
}

/// The losses of the steps.
template <class Net, int Batch, class T = float>
std::vector<double> train(int steps, int classes) {
  using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;
  using trainer = tl::trainer<Net, tl::cross_entropy, momentum, tl::batch<Batch>, tl::scalar_type<T>>;
  const auto t = std::make_unique<trainer>(tl::seed{1}, typename trainer::options_type{0.05});
  start_training<Net>(t->parameters());
  constexpr int count = Batch * tl::input_size<Net>;
  std::vector<T> x(static_cast<std::size_t>(count)), labels;
  for (int i = 0; i < Batch; ++i) labels.push_back(static_cast<T>(i * 7 % classes));
  std::vector<double> losses;
  for (int s = 0; s < steps; ++s) {
    for (int i = 0; i < count; ++i)
      x[static_cast<std::size_t>(i)] = static_cast<T>(hashed(1000 + s, i));
    losses.push_back(t->step(x.data(), labels.data()));
  }
  return losses;
}

template <std::size_t Steps>
void compare_losses(const std::vector<double>& own, const double (&expected)[Steps]) {
  REQUIRE(own.size() == Steps);
  for (std::size_t s = 0; s < Steps; ++s) {
    INFO("step " << s << ": " << own[s] << " instead of " << expected[s]);
    CHECK(std::abs(own[s] - expected[s]) <= 1e-4);
  }
}

}  // namespace space
