#pragma once
// Smooth L1 loss.

#include <tapeless/losses/huber.hpp>

namespace tapeless {

/// A Huber loss whose linear part has the slope 1, PyTorch's SmoothL1Loss.
/// loss = mean of d^2 / (2 Beta) where |d| <= Beta, else |d| - Beta / 2; d = y - t.
template <auto Beta = 1.0>
struct smooth_l1 : detail::elementwise_loss {
  static_assert(Beta > 0, "Tapeless: the beta of a smooth L1 loss is above 0");
  static constexpr value lower(graph& g, value y, value t) {
    return value{1.0 / Beta} * huber<Beta>::lower(g, y, t);
  }
};

}  // namespace tapeless
