#pragma once
// Stochastic gradient descent.

#include <tapeless/core/config.hpp>
#include <tapeless/optimizers/optimizer.hpp>
#include <tapeless/ops/matmul.hpp>

namespace tapeless {

/// Constants of sgd; PyTorch's names and formulas, dampening 0.
struct sgd_settings {
  double momentum = 0;
  bool nesterov = false;
  double weight_decay = 0;
  bool decoupled = false;  ///< the decay acts on w, not on the gradient
  bool maximize = false;   ///< climbs instead of descending
};

/// g' = g + weight_decay w;  v = momentum v + g';  w = w - learning_rate v
/// (nesterov: w - learning_rate (g' + momentum v)); decoupled: g' = g, and w is multiplied by
/// 1 - learning_rate weight_decay first. Source: torch.optim.SGD; Loshchilov, Hutter 2017, arXiv
/// 1711.05101.
template <sgd_settings S>
struct sgd_with {
  static_assert(S.momentum >= 0, "Tapeless: the momentum of sgd is 0 or more");
  static_assert(S.weight_decay >= 0, "Tapeless: the weight_decay of sgd is 0 or more");
  static_assert(
      !S.nesterov || S.momentum > 0,
      "Tapeless: nesterov needs a momentum: tl::sgd_settings{.momentum = 0.9, .nesterov = true}");
  static constexpr sgd_settings settings = S;
  template <sgd_settings Other>
  using with_settings = sgd_with<Other>;
  struct options {
    double learning_rate = 0.01;
  };
  struct progress {};
  static constexpr int states = S.momentum != 0 ? 1 : 0;
  static constexpr bool shrinks = S.decoupled && S.weight_decay != 0;
  static constexpr int scalars = shrinks ? 2 : 1;
  /// The weight decay as a constant of its own: clang 19 reads a member behind a gap of a template
  /// argument from the wrong place at run time.
  static constexpr double decay = S.weight_decay;

  TAPELESS_NATIVE static constexpr void advance(const options& o, progress&, double* scalar) {
    scalar[0] = o.learning_rate;
    if (shrinks) scalar[1] = 1 - o.learning_rate * decay;
  }
  static constexpr update step(value w, value g, const value* state, const value* scalar) {
    g = detail::descent(g, S.maximize);
    if (shrinks)
      w = w * scalar[1];
    else if (S.weight_decay != 0)
      g = g + value{S.weight_decay} * w;
    if (S.momentum == 0) return {math::subtract_scaled(w, scalar[0], g), {}};
    const value v = value{S.momentum} * state[0] + g;
    const value direction = S.nesterov ? g + value{S.momentum} * v : v;
    return {w - scalar[0] * direction, {v}};
  }
};

/// Plain gradient descent.
using sgd = sgd_with<sgd_settings{}>;

}  // namespace tapeless
