#pragma once
// Cross-entropy of logits.

#include <tapeless/losses/loss.hpp>
#include <tapeless/losses/pick.hpp>
#include <tapeless/ops/softmax.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// Cross-entropy of logits against a class index, PyTorch's CrossEntropyLoss.
/// loss = mean over samples of ln(sum of e^y) - y[t]; t the index of the class, from 0 to
/// classes - 1 (detail::class_loss says what other numbers do). At least two classes.
/// ignore_index<cross_entropy, -100> leaves samples out.
struct cross_entropy : detail::class_loss {
  static constexpr value lower(graph&, value y, value t) {
    return math::sum(math::log_sum_exp(y)) - detail::pick(*y.owner, y, t);
  }
};

/// Cross-entropy of logits against probabilities of the classes.
/// loss = mean over samples of sum(t) ln(sum of e^y) - sum(t y).
struct cross_entropy_probabilities {
  static constexpr bool needs_classes = true;
  static constexpr shape target(shape output) { return output; }
  static constexpr double terms(shape) { return 1; }
  static constexpr value lower(graph&, value y, value t) {
    return math::sum(t) * math::sum(math::log_sum_exp(y)) - math::sum(t * y);
  }
};

}  // namespace tapeless
