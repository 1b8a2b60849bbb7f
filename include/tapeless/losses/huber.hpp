#pragma once
// Huber loss.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/min.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// Squared near the target, linear beyond Delta, PyTorch's HuberLoss.
/// loss = mean of d^2 / 2 where |d| <= Delta, else Delta (|d| - Delta / 2); d = y - t.
template <auto Delta = 1.0>
struct huber : detail::elementwise_loss {
  static_assert(Delta > 0, "Tapeless: the delta of a Huber loss is above 0, such as tl::huber<1.0>");
  static constexpr value lower(graph&, value y, value t) {
    // With c = min(|d|, Delta) both pieces are c (|d| - c / 2), whose gradient has no product of 0
    // and infinity.
    const value a = math::abs(y - t), c = math::min(a, value{Delta});
    return math::sum(c * (a - value{0.5} * c));
  }
};

}  // namespace tapeless
