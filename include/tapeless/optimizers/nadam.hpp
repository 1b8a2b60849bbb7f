#pragma once
// NAdam: Adam with Nesterov's momentum.

#include <tapeless/core/config.hpp>
#include <tapeless/core/math.hpp>
#include <tapeless/optimizers/optimizer.hpp>

namespace tapeless {

/// Constants of nadam; PyTorch's names and defaults.
struct nadam_settings {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0;
  double momentum_decay = 0.004;
  bool decoupled = false;  ///< the decay acts on w, not on the gradient
  bool maximize = false;   ///< climbs instead of descending
};

/// mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2), p_t the product of mu_1 to mu_t; m and v as in
/// adam; r = sqrt(v / (1 - beta2^t)) + epsilon;
/// w = w - learning_rate ((1 - mu_t) / (1 - p_t) g + mu_(t+1) / (1 - p_(t+1)) m) / r.
/// Source: Dozat 2016, "Incorporating Nesterov Momentum into Adam"; torch.optim.NAdam.
template <nadam_settings S>
struct nadam_with {
  static_assert(S.beta1 >= 0 && S.beta1 < 1 && S.beta2 >= 0 && S.beta2 < 1,
                "Tapeless: the betas of nadam are from 0 to below 1");
  static_assert(S.epsilon >= 0, "Tapeless: the epsilon of nadam is 0 or more");
  static_assert(S.weight_decay >= 0, "Tapeless: the weight_decay of nadam is 0 or more");
  static_assert(S.momentum_decay >= 0, "Tapeless: the momentum_decay of nadam is 0 or more");
  static constexpr nadam_settings settings = S;
  template <nadam_settings Other>
  using with_settings = nadam_with<Other>;
  struct options {
    double learning_rate = 0.002;
  };
  /// Powers and products so far: no pow in the step.
  struct progress {
    double beta2_power = 1;
    double decay_power = 1;  ///< 0.96^(t momentum_decay)
    double product = 1;      ///< p_t
  };
  static constexpr int states = 2;
  static constexpr int scalars = 4;
  static constexpr double decay = math::pow(0.96, S.momentum_decay);

  TAPELESS_NATIVE static constexpr void advance(const options& o, progress& p, double* scalar) {
    p.beta2_power *= S.beta2;
    p.decay_power *= decay;
    const double mu = S.beta1 * (1 - 0.5 * p.decay_power);
    const double next = S.beta1 * (1 - 0.5 * p.decay_power * decay);
    p.product *= mu;
    scalar[0] = o.learning_rate * (1 - mu) / (1 - p.product);
    scalar[1] = o.learning_rate * next / (1 - p.product * next);
    scalar[2] = 1 / (1 - p.beta2_power);
    scalar[3] = 1 - o.learning_rate * S.weight_decay;
  }
  static constexpr update step(value w, value g, const value* state, const value* scalar) {
    g = detail::descent(g, S.maximize);
    if (S.weight_decay != 0) {
      if (S.decoupled)
        w = w * scalar[3];
      else
        g = g + value{S.weight_decay} * w;
    }
    const value m = detail::moved(state[0], g, 1 - S.beta1);
    const value v = detail::mean_of_squares(state[1], g, S.beta2);
    const value r = math::sqrt(v * scalar[2]) + value{S.epsilon};
    return {w - scalar[0] * (g / r) - scalar[1] * (m / r), {m, v}};
  }
};

using nadam = nadam_with<nadam_settings{}>;

}  // namespace tapeless
