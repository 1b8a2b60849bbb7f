#pragma once
// Lion.

#include <tapeless/core/config.hpp>
#include <tapeless/ops/sign.hpp>
#include <tapeless/optimizers/optimizer.hpp>

namespace tapeless {

/// Constants of lion; the names and defaults of its paper.
struct lion_settings {
  double beta1 = 0.9;
  double beta2 = 0.99;
  double weight_decay = 0;  ///< acts on w, not on the gradient
  bool maximize = false;    ///< climbs instead of descending
};

/// w = (1 - learning_rate weight_decay) w - learning_rate sign(beta1 m + (1 - beta1) g);
/// m = beta2 m + (1 - beta2) g. Source: Chen et al. 2023, arXiv 2302.06675.
template <lion_settings S>
struct lion_with {
  static_assert(S.beta1 >= 0 && S.beta1 <= 1 && S.beta2 >= 0 && S.beta2 <= 1,
                "Tapeless: the betas of lion are from 0 to 1");
  static_assert(S.weight_decay >= 0, "Tapeless: the weight_decay of lion is 0 or more");
  static constexpr lion_settings settings = S;
  template <lion_settings Other>
  using with_settings = lion_with<Other>;
  struct options {
    double learning_rate = 0.0001;
  };
  struct progress {};
  static constexpr int states = 1;
  static constexpr int scalars = 2;

  TAPELESS_NATIVE static constexpr void advance(const options& o, progress&, double* scalar) {
    scalar[0] = o.learning_rate;
    scalar[1] = 1 - o.learning_rate * S.weight_decay;
  }
  static constexpr update step(value w, value g, const value* state, const value* scalar) {
    g = detail::descent(g, S.maximize);
    if (S.weight_decay != 0) w = w * scalar[1];
    const value direction =
        math::sign(value{S.beta1} * state[0] + value{1 - S.beta1} * g);
    return {w - scalar[0] * direction,
            {value{S.beta2} * state[0] + value{1 - S.beta2} * g}};
  }
};

using lion = lion_with<lion_settings{}>;

}  // namespace tapeless
