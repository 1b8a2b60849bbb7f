#pragma once
// Cross-entropy with label smoothing.

#include <tapeless/losses/cross_entropy.hpp>
#include <tapeless/ops/sum.hpp>

namespace tapeless {

/// Cross-entropy of logits where the right class has the probability 1 - Smoothing + Smoothing / k
/// and each other of the k classes Smoothing / k; PyTorch's CrossEntropyLoss(label_smoothing=...).
/// loss = mean over samples of ln(sum of e^y) - (1 - Smoothing) y[t] - Smoothing mean(y); t the index
/// of the class, as for cross_entropy.
template <double Smoothing>
struct smoothed_cross_entropy : detail::class_loss {
  static_assert(Smoothing >= 0 && Smoothing < 1,
                "Tapeless: label smoothing is a share from 0 to below 1");
  static constexpr double smoothing = Smoothing;
  static constexpr value lower(graph&, value y, value t) {
    const detail::centred_logits c(y);
    return c.log_sum - value{1 - Smoothing} * detail::pick(*y.owner, c.below, t) -
           // The share goes first: the sum itself may be beyond the largest number.
           math::sum(value{Smoothing / y.dims()[0]} * c.below);
  }
};

}  // namespace tapeless
