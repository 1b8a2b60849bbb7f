#pragma once
// Focal loss.

#include <tapeless/losses/cross_entropy.hpp>
#include <tapeless/ops/expm1.hpp>
#include <tapeless/ops/max.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/pow.hpp>

namespace tapeless {

/// Cross-entropy of logits with less weight on samples that are right already.
/// loss = mean over samples of -(1 - p)^Gamma ln p; p the softmax of y at the index t of the class, as
/// for cross_entropy. Source: Lin et al. 2017, arXiv 1708.02002.
template <auto Gamma = 2.0>
struct focal : detail::class_loss {
  static_assert(Gamma >= 0, "Tapeless: the gamma of a focal loss is 0 or more");
  static constexpr value lower(graph&, value y, value t) {
    const detail::centred_logits c(y);
    const value log_p = detail::pick(*y.owner, c.below, t) - c.log_sum;
    value wrong = -math::expm1(log_p);
    // A power below 1 has no derivative at 0, where p is 1 to all digits.
    if (Gamma > 0 && Gamma < 1) wrong = math::max(wrong, value{1e-30});
    return -(math::pow(wrong, Gamma) * log_p);
  }
};

}  // namespace tapeless
