#pragma once
// Cross-entropy of logits for every step of a sequence.

#include <tapeless/losses/cross_entropy.hpp>

namespace tapeless {

namespace detail {

/// The cross-entropy of each step: y {steps, classes}, t {steps}.
constexpr value cross_entropy_of_steps(graph& g, value y, value t) {
  const shape dims = y.dims();
  const value below = y - math::detach(math::maximum_of_numbers(y, -1, true));
  const value log_sum = math::log(math::sum(math::exp_decay(below), -1));
  const value here = math::iota(g, dims) == math::reshape(t, shape{dims[0], 1});
  return log_sum - math::sum(math::select(here, below, value{0.0}), -1);
}

}  // namespace detail

/// Cross-entropy of logits {steps, classes} against the index of a class per step, PyTorch's
/// CrossEntropyLoss over flattened steps.
/// loss = mean over samples and steps of ln(sum of e^y[s]) - y[s, t[s]]; targets {steps}, each from
/// 0 to classes - 1. ignore_index<sequence_cross_entropy, -100> leaves steps out; the mean then
/// runs over the steps that count. Accuracy: that of the differences between logits, however large
/// all of them are.
struct sequence_cross_entropy {
  static constexpr bool targets_are_classes = true;
  static constexpr shape target(shape output) { return {output.rank > 0 ? output[0] : 1}; }
  static constexpr double terms(shape output) { return output.rank > 0 ? output[0] : 1; }

  /// The loss of each step.
  static constexpr value lower_steps(graph& g, value y, value t) {
    if (y.dims().rank == 2 && y.dims()[1] > 1) return detail::cross_entropy_of_steps(g, y, t);
    g.fail(problem::loss_needs_logits_of_steps, path{"loss"}, y.dims(), shape{1, 2});
    return t;
  }
  static constexpr value lower(graph& g, value y, value t) {
    const value l = lower_steps(g, y, t);
    return g.failed() ? l : math::sum(l);
  }
};

}  // namespace tapeless
