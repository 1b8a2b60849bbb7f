#pragma once
// Mean absolute error.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// Absolute error, PyTorch's L1Loss.
/// loss = mean of |y - t|.
struct mae : detail::elementwise_loss {
  static constexpr value lower(graph&, value y, value t) { return math::sum(math::abs(y - t)); }
};

}  // namespace tapeless
