#pragma once
// Binary cross-entropy of logits.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/binary_cross_entropy.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// Binary cross-entropy of logits, stable, PyTorch's BCEWithLogitsLoss.
/// loss = mean of max(y, 0) - y t + ln(1 + e^-|y|).
struct bce_with_logits : detail::elementwise_loss {
  static constexpr value lower(graph&, value y, value t) {
    return math::sum(apply<binary_cross_entropy_logits>(y, t));
  }
};

/// The same with another weight for targets that are 1, PyTorch's BCEWithLogitsLoss(pos_weight=...).
/// loss = mean of PositiveWeight t ln(1 + e^-y) + (1 - t) ln(1 + e^y).
template <auto PositiveWeight>
struct weighted_bce_with_logits : detail::elementwise_loss {
  static_assert(PositiveWeight > 0, "Tapeless: the weight of positive targets is above 0");
  static constexpr value lower(graph&, value y, value t) {
    // Both weights together times the loss of the target that they make, so that nothing cancels.
    const value of_one = value{1.0 * PositiveWeight} * t, both = of_one + (value{1.0} - t);
    return math::sum(both * apply<binary_cross_entropy_logits>(y, of_one / both));
  }
};

}  // namespace tapeless
