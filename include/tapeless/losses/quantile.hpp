#pragma once
// Quantile loss.

#include <tapeless/losses/loss.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// The pinball loss: its minimum is the Quantile-th quantile of the targets, 0.5 the median.
/// loss = mean of max(Quantile d, (Quantile - 1) d); d = t - y.
/// Source: Koenker, Bassett 1978, "Regression Quantiles"; scikit-learn's mean_pinball_loss.
template <double Quantile>
struct quantile : detail::elementwise_loss {
  static_assert(Quantile > 0 && Quantile < 1,
                "Tapeless: the quantile of a quantile loss lies between 0 and 1");
  static constexpr value lower(graph&, value y, value t) {
    const value d = t - y;
    return math::sum(math::max(value{Quantile} * d, value{Quantile - 1} * d));
  }
};

}  // namespace tapeless
