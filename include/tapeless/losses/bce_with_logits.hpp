#pragma once
// Binary cross-entropy of logits.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/binary_cross_entropy.hpp>

namespace tapeless {

/// Binary cross-entropy of logits, stable, PyTorch's BCEWithLogitsLoss.
/// loss = mean of max(y, 0) - y t + ln(1 + e^-|y|).
struct bce_with_logits : detail::elementwise_loss {
  static constexpr value lower(graph&, value y, value t) {
    return math::sum(apply<binary_cross_entropy_logits>(y, t));
  }
};

}  // namespace tapeless
