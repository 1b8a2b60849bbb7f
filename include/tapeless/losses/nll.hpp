#pragma once
// Negative log-likelihood.

#include <tapeless/losses/loss.hpp>
#include <tapeless/losses/pick.hpp>
#include <tapeless/ops/neg.hpp>

namespace tapeless {

/// Negative log-probability of the right class, PyTorch's NLLLoss.
/// loss = mean over samples of -y[t]; y log-probabilities, t the index of the class,
/// as for cross_entropy.
struct nll : detail::class_loss {
  static constexpr value lower(graph&, value y, value t) { return -detail::pick(*y.owner, y, t); }
};

}  // namespace tapeless
