#pragma once
// Binary cross-entropy of probabilities.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/binary_cross_entropy.hpp>

namespace tapeless {

/// Binary cross-entropy of probabilities y in [0, 1], PyTorch's BCELoss.
/// loss = mean of -(t ln y + (1 - t) ln(1 - y)), each logarithm at least -100.
struct bce : detail::elementwise_loss {
  static constexpr value lower(graph&, value y, value t) {
    return math::sum(apply<binary_cross_entropy>(y, t));
  }
};

}  // namespace tapeless
