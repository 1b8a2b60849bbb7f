#pragma once
// Cross-entropy of logits.

#include <tapeless/losses/loss.hpp>
#include <tapeless/losses/pick.hpp>
#include <tapeless/ops/detach.hpp>
#include <tapeless/ops/exp_decay.hpp>
#include <tapeless/ops/log.hpp>
#include <tapeless/ops/maximum.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

namespace detail {

/// Logits less their maximum, and the logarithm of the sum of their exponentials. Both cross
/// entropies are differences of the two, in which the maximum cancels: as a part of both it would
/// take all digits of the loss with it where logits are large. So would its gradient, which is
/// therefore left out.
struct centred_logits {
  value below, log_sum;
  constexpr explicit centred_logits(value y)
      : below{y - math::detach(math::maximum_of_numbers(y, -1, true))},
        log_sum{math::log(math::sum(math::exp_decay(below)))} {}
};

}  // namespace detail

/// Cross-entropy of logits against a class index, PyTorch's CrossEntropyLoss.
/// loss = mean over samples of ln(sum of e^y) - y[t]; t the index of the class, from 0 to
/// classes - 1 (detail::class_loss says what other numbers do). At least two classes.
/// ignore_index<cross_entropy, -100> leaves samples out.
/// Accuracy: that of the differences between logits, however large all of them are.
struct cross_entropy : detail::class_loss {
  static constexpr value lower(graph&, value y, value t) {
    const detail::centred_logits c(y);
    return c.log_sum - detail::pick(*y.owner, c.below, t);
  }
};

/// Cross-entropy of logits against probabilities of the classes.
/// loss = mean over samples of sum(t) ln(sum of e^y) - sum(t y).
/// Accuracy: that of the differences between logits, however large all of them are.
struct cross_entropy_probabilities {
  static constexpr bool needs_classes = true;
  static constexpr shape target(shape output) { return output; }
  static constexpr double terms(shape) { return 1; }
  static constexpr value lower(graph&, value y, value t) {
    const detail::centred_logits c(y);
    return math::sum(t) * c.log_sum - math::sum(t * c.below);
  }
};

}  // namespace tapeless
