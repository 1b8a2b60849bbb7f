#pragma once
// A diagonal state-space layer: linear recurrences beside one another, with learnt rates of decay.

#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/div.hpp>
#include <tapeless/ops/exp.hpp>
#include <tapeless/ops/expm1.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/scan.hpp>
#include <tapeless/ops/shapes.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// For every feature f of a sequence x {steps, features}, `States` linear recurrences n of real
/// numbers, and their weighted sum:
///   h[f, n] = e^(-d r) h[f, n] before + (1 - e^(-d r)) / r x[f],
///   y[f] = sum over n of output[f, n] h[f, n] + skip[f] x[f],
/// where d = 0.01 e^log_step[f] is the step in time and r = (n + 1) e^log_rate[f, n] the rate of
/// decay: the differential equation h' = -r h + x, exact for an x that is constant during a step.
/// Shapes: x, y {steps, features}; `log_rate`, `output` {features, States}, `log_step`, `skip`
/// {features}. Starts: rates 1, 2, 3, ...; steps from 0.001 to 0.1, uniform in their logarithm;
/// `output` normal with variance 1 / States; `skip` 1.
/// Causal: it runs as a stream. Features do not mix; a dense layer per step behind it does that.
/// Source: S4D-Real of Gu, Gupta, Goel, Re 2022, arXiv 2206.11893.
template <int States = 16>
struct state_space {
  static_assert(States > 0, "Tapeless: a state-space layer has at least one state per feature");

  static constexpr value lower(graph& g, value x) {
    if (g.failed()) return x;
    if (x.dims().rank != 2) {
      g.fail(problem::layer_needs_a_sequence, g.scope, x.dims(), shape{1, x.dims().count()});
      return x;
    }
    const int features = x.dims()[1];
    const shape states{features, States};
    const value log_rate = g.parameter("log_rate", states, detail::starting_at(0));
    const value log_step =
        g.parameter("log_step", shape{features}, initializer{nullptr, 0, -math::log(10.0), 1, 1});
    const value output = g.parameter(
        "output", states, initializer{nullptr, 0, 1 / math::sqrt(1.0 * States), States, 1});
    const value skip = g.parameter("skip", shape{features}, detail::starting_at(1));
    if (g.failed()) return x;

    const value number = math::iota(g, shape{States}) + value{1.0};
    const value rate = number * math::exp(log_rate);
    const value exponent = -(math::unsqueeze(0.01 * math::exp(log_step), 1) * rate);
    const value decay = math::exp(exponent), gain = -math::expm1(exponent) / rate;
    const value h = scan(x, g.constant(0, states), [&](value now, value before) {
                      return decay * before + gain * math::unsqueeze(now, 1);
                    }).all;
    return math::sum(output * h, -1) + skip * x;
  }
};

}  // namespace tapeless
