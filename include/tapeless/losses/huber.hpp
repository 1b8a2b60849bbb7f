#pragma once
// Huber loss.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/abs.hpp>
#include <tapeless/ops/less_equal.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/square.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// Squared near the target, linear beyond Delta, PyTorch's HuberLoss.
/// loss = mean of d^2 / 2 where |d| <= Delta, else Delta (|d| - Delta / 2); d = y - t.
template <auto Delta = 1.0>
struct huber : detail::elementwise_loss {
  static_assert(Delta > 0, "Tapeless: the delta of a Huber loss is above 0, such as tl::huber<1.0>");
  static constexpr value lower(graph&, value y, value t) {
    const value d = y - t, a = math::abs(d);
    return math::sum(math::select(a <= value{Delta}, value{0.5} * math::square(d),
                                  value{Delta} * (a - value{0.5 * Delta})));
  }
};

}  // namespace tapeless
