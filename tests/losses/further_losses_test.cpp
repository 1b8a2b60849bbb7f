// Quantile, smooth L1, smoothed, focal, cosine and contrastive losses against PyTorch, mean and sum.

#include <losses/golden_loss.hpp>

namespace tl = tapeless;
namespace pytorch = golden::losses;
using losses_test::check_all;

TEST_CASE("smooth L1 and quantile") {
  check_all<tl::smooth_l1<0.5>>(pytorch::input, pytorch::target, pytorch::smooth_l1_mean,
                                pytorch::smooth_l1_mean_gradient);
  check_all<tl::summed<tl::smooth_l1<0.5>>>(pytorch::input, pytorch::target,
                                            pytorch::smooth_l1_sum, pytorch::smooth_l1_sum_gradient);
  check_all<tl::quantile<0.8>>(pytorch::input, pytorch::target, pytorch::quantile_mean,
                               pytorch::quantile_mean_gradient);
}

TEST_CASE("cross-entropy with smoothed labels, focal") {
  check_all<tl::smoothed_cross_entropy<0.2>>(pytorch::input, pytorch::labels,
                                             pytorch::smoothed_mean,
                                             pytorch::smoothed_mean_gradient);
  check_all<tl::focal<1.5>>(pytorch::input, pytorch::labels, pytorch::focal_mean,
                            pytorch::focal_mean_gradient);
}

TEST_CASE("cosine and contrastive") {
  check_all<tl::cosine>(pytorch::input, pytorch::target, pytorch::cosine_mean,
                        pytorch::cosine_mean_gradient);
  check_all<tl::contrastive<1.5>>(pytorch::input, pytorch::target_probabilities,
                                  pytorch::contrastive_mean, pytorch::contrastive_mean_gradient);
}
