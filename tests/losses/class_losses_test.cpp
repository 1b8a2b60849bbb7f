// Losses over classes against PyTorch, mean and sum.

#include <losses/golden_loss.hpp>

namespace tl = tapeless;
namespace pytorch = golden::losses;
using losses_test::check_all;

TEST_CASE("cross_entropy") {
  check_all<tl::cross_entropy>(pytorch::input, pytorch::labels, pytorch::cross_entropy_mean,
                               pytorch::cross_entropy_mean_gradient);
  check_all<tl::summed<tl::cross_entropy>>(pytorch::input, pytorch::labels,
                                           pytorch::cross_entropy_sum,
                                           pytorch::cross_entropy_sum_gradient);
}

TEST_CASE("cross_entropy_probabilities") {
  check_all<tl::cross_entropy_probabilities>(pytorch::input, pytorch::target_probabilities,
                                             pytorch::cross_entropy_probabilities_mean,
                                             pytorch::cross_entropy_probabilities_mean_gradient);
  check_all<tl::summed<tl::cross_entropy_probabilities>>(
      pytorch::input, pytorch::target_probabilities, pytorch::cross_entropy_probabilities_sum,
      pytorch::cross_entropy_probabilities_sum_gradient);
}

TEST_CASE("nll") {
  check_all<tl::nll>(pytorch::input_log_probabilities, pytorch::labels, pytorch::nll_mean,
                     pytorch::nll_mean_gradient);
  check_all<tl::summed<tl::nll>>(pytorch::input_log_probabilities, pytorch::labels,
                                 pytorch::nll_sum, pytorch::nll_sum_gradient);
}

TEST_CASE("kl_div") {
  check_all<tl::kl>(pytorch::input_log_probabilities, pytorch::target_probabilities,
                    pytorch::kl_div_mean, pytorch::kl_div_mean_gradient);
  check_all<tl::summed<tl::kl>>(pytorch::input_log_probabilities, pytorch::target_probabilities,
                                pytorch::kl_div_sum, pytorch::kl_div_sum_gradient);
}
