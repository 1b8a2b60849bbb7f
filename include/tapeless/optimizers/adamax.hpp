#pragma once
// Adamax.

#include <tapeless/core/config.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/optimizers/optimizer.hpp>

namespace tapeless {

/// Constants of adamax; PyTorch's names and defaults.
struct adamax_settings {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0;
  bool maximize = false;  ///< climbs instead of descending
};

/// m = beta1 m + (1 - beta1) g;  u = max(beta2 u, |g| + epsilon);
/// w = w - learning_rate / (1 - beta1^t) m / u.
/// Source: Kingma, Ba 2014, arXiv 1412.6980, section 7; torch.optim.Adamax.
template <adamax_settings S>
struct adamax_with {
  static_assert(S.beta1 >= 0 && S.beta1 < 1 && S.beta2 >= 0 && S.beta2 < 1,
                "Tapeless: the betas of adamax are from 0 to below 1");
  static_assert(S.epsilon >= 0, "Tapeless: the epsilon of adamax is 0 or more");
  static_assert(S.weight_decay >= 0, "Tapeless: the weight_decay of adamax is 0 or more");
  static constexpr adamax_settings settings = S;
  template <adamax_settings Other>
  using with_settings = adamax_with<Other>;
  struct options {
    double learning_rate = 0.002;
  };
  /// The power of beta1: no pow in the step.
  struct progress {
    double beta1_power = 1;
  };
  static constexpr int states = 2;
  static constexpr int scalars = 1;

  TAPELESS_NATIVE static constexpr void advance(const options& o, progress& p, double* scalar) {
    p.beta1_power *= S.beta1;
    scalar[0] = o.learning_rate / (1 - p.beta1_power);
  }
  static constexpr update step(value w, value g, const value* state, const value* scalar) {
    g = detail::descent(g, S.maximize);
    if (S.weight_decay != 0) g = g + value{S.weight_decay} * w;
    const value m = detail::moved(state[0], g, 1 - S.beta1);
    const value u = math::max(value{S.beta2} * state[1], math::abs(g) + value{S.epsilon});
    return {w - scalar[0] * (m / u), {m, u}};
  }
};

using adamax = adamax_with<adamax_settings{}>;

}  // namespace tapeless
