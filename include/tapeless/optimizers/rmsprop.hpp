#pragma once
// RMSprop.

#include <tapeless/core/config.hpp>
#include <tapeless/optimizers/optimizer.hpp>
#include <tapeless/ops/is_infinite.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/select.hpp>

namespace tapeless {

/// Constants of rmsprop; PyTorch's names and defaults.
struct rmsprop_settings {
  double alpha = 0.99;
  double epsilon = 1e-8;
  double weight_decay = 0;
  double momentum = 0;
  bool centered = false;
  bool maximize = false;  ///< climbs instead of descending
};

/// s = alpha s + (1 - alpha) g^2;  w = w - learning_rate g / (sqrt(s) + epsilon); centred, the
/// square of the running mean of g is taken off s first, and a difference below 0, which is
/// rounding, counts as 0. Source: torch.optim.RMSprop.
template <rmsprop_settings S>
struct rmsprop_with {
  static_assert(S.alpha >= 0 && S.alpha <= 1, "Tapeless: the alpha of rmsprop is from 0 to 1");
  static_assert(S.momentum >= 0, "Tapeless: the momentum of rmsprop is 0 or more");
  static_assert(S.epsilon >= 0, "Tapeless: the epsilon of rmsprop is 0 or more");
  static_assert(S.weight_decay >= 0, "Tapeless: the weight_decay of rmsprop is 0 or more");
  static constexpr rmsprop_settings settings = S;
  template <rmsprop_settings Other>
  using with_settings = rmsprop_with<Other>;
  struct options {
    double learning_rate = 0.01;
  };
  struct progress {};
  static constexpr int states = 1 + (S.centered ? 1 : 0) + (S.momentum != 0 ? 1 : 0);
  static constexpr int scalars = 1;

  TAPELESS_NATIVE static constexpr void advance(const options& o, progress&, double* scalar) {
    scalar[0] = o.learning_rate;
  }
  static constexpr update step(value w, value g, const value* state, const value* scalar) {
    g = detail::descent(g, S.maximize);
    if (S.weight_decay != 0) g = g + value{S.weight_decay} * w;
    update u;
    int slot = 0;
    const value s = detail::mean_of_squares(state[slot], g, S.alpha);
    u.state[slot++] = s;
    value variance = s;
    if (S.centered) {
      const value mean = detail::moved(state[slot], g, 1 - S.alpha);
      u.state[slot++] = mean;
      // An infinite s stays infinite: the square of the mean may be, too, and the difference NaN.
      variance = math::select(math::is_infinite(s), s,
                              math::max(s - math::square(mean), value{0.0}));
    }
    value direction = g / (math::sqrt(variance) + value{S.epsilon});
    if (S.momentum != 0) {
      direction = value{S.momentum} * state[slot] + direction;
      u.state[slot] = direction;
    }
    u.w = w - scalar[0] * direction;
    return u;
  }
};

using rmsprop = rmsprop_with<rmsprop_settings{}>;

}  // namespace tapeless
