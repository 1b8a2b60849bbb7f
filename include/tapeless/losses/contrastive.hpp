#pragma once
// Contrastive loss.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/square.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// For a network whose output is the distance of a pair: pairs that belong together (t = 1) are drawn
/// together, others (t = 0) pushed apart up to Margin.
/// loss = mean of t y^2 + (1 - t) max(0, Margin - y)^2.
/// Source: Hadsell, Chopra, LeCun 2006, "Dimensionality Reduction by Learning an Invariant Mapping".
template <auto Margin = 1.0>
struct contrastive : detail::elementwise_loss {
  static_assert(Margin > 0, "Tapeless: the margin of a contrastive loss is above 0");
  static constexpr value lower(graph&, value y, value t) {
    const value apart = math::max(value{Margin} - y, value{0.0});
    return math::sum(t * math::square(y) + (value{1.0} - t) * math::square(apart));
  }
};

}  // namespace tapeless
