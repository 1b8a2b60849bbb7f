#pragma once
// Adagrad.

#include <tapeless/core/config.hpp>
#include <tapeless/optimizers/optimizer.hpp>

namespace tapeless {

/// Constants of adagrad; PyTorch's names and defaults.
struct adagrad_settings {
  double epsilon = 1e-10;
  double weight_decay = 0;
  double learning_rate_decay = 0;
  bool maximize = false;  ///< climbs instead of descending
};

/// s = s + g^2;  w = w - learning_rate / (1 + (t - 1) learning_rate_decay) g / (sqrt(s) + epsilon).
/// Source: torch.optim.Adagrad.
template <adagrad_settings S>
struct adagrad_with {
  static_assert(S.epsilon >= 0, "Tapeless: the epsilon of adagrad is 0 or more");
  static_assert(S.weight_decay >= 0, "Tapeless: the weight_decay of adagrad is 0 or more");
  static_assert(S.learning_rate_decay >= 0,
                "Tapeless: the learning_rate_decay of adagrad is 0 or more");
  static constexpr adagrad_settings settings = S;
  template <adagrad_settings Other>
  using with_settings = adagrad_with<Other>;
  struct options {
    double learning_rate = 0.01;
  };
  struct progress {
    double steps = 0;
  };
  static constexpr int states = 1;
  static constexpr int scalars = 1;

  TAPELESS_NATIVE static constexpr void advance(const options& o, progress& p, double* scalar) {
    scalar[0] = o.learning_rate / (1 + p.steps * S.learning_rate_decay);
    p.steps += 1;
  }
  static constexpr update step(value w, value g, const value* state, const value* scalar) {
    g = detail::descent(g, S.maximize);
    if (S.weight_decay != 0) g = g + value{S.weight_decay} * w;
    const value s = state[0] + math::square(g);
    return {w - scalar[0] * (g / (math::sqrt(s) + value{S.epsilon})), {s}};
  }
};

using adagrad = adagrad_with<adagrad_settings{}>;

}  // namespace tapeless
