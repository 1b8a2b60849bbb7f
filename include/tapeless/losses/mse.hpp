#pragma once
// Mean squared error.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/square.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// Squared error, PyTorch's MSELoss.
/// loss = mean of (y - t)^2.
struct mse : detail::elementwise_loss {
  static constexpr value lower(graph&, value y, value t) { return math::sum(math::square(y - t)); }
};

}  // namespace tapeless
