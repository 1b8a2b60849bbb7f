#pragma once
// Kullback-Leibler divergence.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/greater.hpp>
#include <tapeless/ops/log.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// Divergence of probabilities t from log-probabilities y, PyTorch's KLDivLoss.
/// loss = mean of t (ln t - y), 0 where t is 0.
struct kl : detail::elementwise_loss {
  static constexpr value lower(graph&, value y, value t) {
    const value present = t > value{0.0};
    const value safe = math::select(present, t, value{1.0});
    return math::sum(math::select(present, t * (math::log(safe) - y), value{0.0}));
  }
};

}  // namespace tapeless
