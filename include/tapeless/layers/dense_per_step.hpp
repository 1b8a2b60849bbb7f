#pragma once
// A fully connected layer for every step of a sequence.

#include <tapeless/layers/dense.hpp>

namespace tapeless {

namespace detail {

/// Whether a value is {steps, features}; says so otherwise.
constexpr bool has_steps(graph& g, value x) {
  if (g.failed()) return false;
  if (x.dims().rank == 2) return true;
  g.fail(problem::layer_needs_steps, g.scope, x.dims(), shape{1, x.dims().count()});
  return false;
}

/// W x[t] + b of every step: x {..., inputs}, weight {outputs, inputs}; b may be absent.
constexpr value each_step_times(value x, value weight, value shift) {
  const value y = einsum(x, "...c", weight, "oc", "...o");
  return shift.recorded() ? y + shift : y;
}

/// The same with fresh parameters "weight" and "bias" under the current scope.
constexpr value linear_per_step(graph& g, value x, int outputs, bool with_bias) {
  if (g.failed()) return x;
  if (x.dims().rank < 1) {
    g.fail(problem::layer_needs_steps, g.scope, x.dims(), shape{1, 1});
    return x;
  }
  const int inputs = x.dims()[x.dims().rank - 1];
  const initializer start{nullptr, 0, 0, inputs, outputs};
  const value weight = g.parameter("weight", shape{outputs, inputs}, start, true);
  return each_step_times(x, weight,
                         with_bias ? g.parameter("bias", shape{outputs}, start) : value{});
}

}  // namespace detail

/// y[t] = W x[t] + b for every step t, with the same weights: PyTorch's Linear on the last axis,
/// Keras' Dense on a sequence.
/// Shapes: x {steps, inputs}, or with more axes in front, y {steps, Outputs}, `weight` {Outputs,
/// inputs}, `bias` {Outputs}. Starts as PyTorch's Linear.
template <int Outputs, auto Bias = bias::on>
struct dense_per_step {
  static constexpr auto explain() {
    static_assert(Outputs > 0, "Tapeless: a dense layer has at least one output");
    static_assert(std::is_same_v<decltype(Bias), bias>,
                  "Tapeless: a dense layer is told its outputs alone, tl::dense_per_step<8>, and "
                  "infers its inputs; what may follow is tl::bias::off");
  }
  static constexpr value lower(graph& g, value x) {
    return detail::linear_per_step(g, x, Outputs > 0 ? Outputs : 1,
                                   Bias != static_cast<decltype(Bias)>(bias::off));
  }
};

}  // namespace tapeless
