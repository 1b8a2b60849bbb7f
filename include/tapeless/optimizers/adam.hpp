#pragma once
// Adam and AdamW.

#include <tapeless/core/config.hpp>
#include <tapeless/optimizers/optimizer.hpp>
#include <tapeless/ops/max.hpp>

namespace tapeless {

/// Constants of adam; PyTorch's names and defaults.
struct adam_settings {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0;
  bool decoupled = false;  ///< AdamW: the decay acts on w, not on the gradient
  bool amsgrad = false;    ///< divides by the largest v so far
  bool maximize = false;   ///< climbs instead of descending
};

/// m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2;
/// w = w - learning_rate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon);
/// amsgrad: with the largest v so far in place of v.
/// In float v overflows for gradients above 5.8e20: the weight stays where it is from then on, as in
/// torch.optim.
/// Source: Kingma, Ba 2014, arXiv 1412.6980; Loshchilov, Hutter 2017, arXiv 1711.05101; Reddi, Kale,
/// Kumar 2018, arXiv 1904.09237; the order of operations is that of torch.optim.
template <adam_settings S>
struct adam_with {
  static_assert(S.beta1 >= 0 && S.beta1 < 1 && S.beta2 >= 0 && S.beta2 < 1,
                "Tapeless: the betas of adam are from 0 to below 1");
  static_assert(S.epsilon >= 0, "Tapeless: the epsilon of adam is 0 or more");
  static_assert(S.weight_decay >= 0, "Tapeless: the weight_decay of adam is 0 or more");
  static constexpr adam_settings settings = S;
  template <adam_settings Other>
  using with_settings = adam_with<Other>;
  struct options {
    double learning_rate = 0.001;
  };
  /// Powers of both betas: no pow in the step.
  struct progress {
    double beta1_power = 1, beta2_power = 1;
  };
  static constexpr int states = S.amsgrad ? 3 : 2;
  static constexpr int scalars = 3;

  TAPELESS_NATIVE static constexpr void advance(const options& o, progress& p, double* scalar) {
    p.beta1_power *= S.beta1;
    p.beta2_power *= S.beta2;
    scalar[0] = o.learning_rate / (1 - p.beta1_power);
    scalar[1] = 1 / math::sqrt(1 - p.beta2_power);
    scalar[2] = 1 - o.learning_rate * S.weight_decay;
  }
  static constexpr update step(value w, value g, const value* state, const value* scalar) {
    g = detail::descent(g, S.maximize);
    if (S.weight_decay != 0) {
      if (S.decoupled)
        w = w * scalar[2];
      else
        g = g + value{S.weight_decay} * w;
    }
    const value m = detail::moved(state[0], g, 1 - S.beta1);
    const value v = detail::mean_of_squares(state[1], g, S.beta2);
    const value largest = S.amsgrad ? math::max(state[2], v) : v;
    const value denominator = math::sqrt(largest) * scalar[1] + value{S.epsilon};
    return {w - scalar[0] * math::divide_fast(m, denominator), {m, v, largest}};
  }
};

using adam = adam_with<adam_settings{}>;
/// Adam with decoupled weight decay 0.01.
using adamw = adam_with<adam_settings{.weight_decay = 0.01, .decoupled = true}>;

}  // namespace tapeless
