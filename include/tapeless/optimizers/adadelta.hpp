#pragma once
// Adadelta.

#include <tapeless/core/config.hpp>
#include <tapeless/optimizers/optimizer.hpp>

namespace tapeless {

/// Constants of adadelta; PyTorch's names and defaults.
struct adadelta_settings {
  double rho = 0.9;
  double epsilon = 1e-6;
  double weight_decay = 0;
  bool maximize = false;  ///< climbs instead of descending
};

/// s = rho s + (1 - rho) g^2;  d = sqrt(u + epsilon) / sqrt(s + epsilon) g;
/// u = rho u + (1 - rho) d^2;  w = w - learning_rate d.
/// Source: Zeiler 2012, arXiv 1212.5701; torch.optim.Adadelta.
template <adadelta_settings S>
struct adadelta_with {
  static_assert(S.rho >= 0 && S.rho <= 1, "Tapeless: the rho of adadelta is from 0 to 1");
  static_assert(S.epsilon >= 0, "Tapeless: the epsilon of adadelta is 0 or more");
  static_assert(S.weight_decay >= 0, "Tapeless: the weight_decay of adadelta is 0 or more");
  static constexpr adadelta_settings settings = S;
  template <adadelta_settings Other>
  using with_settings = adadelta_with<Other>;
  struct options {
    double learning_rate = 1;
  };
  struct progress {};
  static constexpr int states = 2;
  static constexpr int scalars = 1;

  TAPELESS_NATIVE static constexpr void advance(const options& o, progress&, double* scalar) {
    scalar[0] = o.learning_rate;
  }
  static constexpr update step(value w, value g, const value* state, const value* scalar) {
    g = detail::descent(g, S.maximize);
    if (S.weight_decay != 0) g = g + value{S.weight_decay} * w;
    const value s = detail::mean_of_squares(state[0], g, S.rho);
    const value root = math::sqrt(s + value{S.epsilon});
    const value d = math::sqrt(state[1] + value{S.epsilon}) / root * g;
    return {w - scalar[0] * d, {s, detail::mean_of_squares(state[1], d, S.rho)}};
  }
};

using adadelta = adadelta_with<adadelta_settings{}>;

}  // namespace tapeless
