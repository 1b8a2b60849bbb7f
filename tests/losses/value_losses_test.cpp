// Losses that compare values against PyTorch, mean and sum.

#include <losses/golden_loss.hpp>

namespace tl = tapeless;
namespace pytorch = golden::losses;
using losses_test::check_all;

TEST_CASE("mse") {
  check_all<tl::mse>(pytorch::input, pytorch::target, pytorch::mse_mean,
                     pytorch::mse_mean_gradient);
  check_all<tl::summed<tl::mse>>(pytorch::input, pytorch::target, pytorch::mse_sum,
                                 pytorch::mse_sum_gradient);
}

TEST_CASE("mae") {
  check_all<tl::mae>(pytorch::input, pytorch::target, pytorch::mae_mean,
                     pytorch::mae_mean_gradient);
  check_all<tl::summed<tl::mae>>(pytorch::input, pytorch::target, pytorch::mae_sum,
                                 pytorch::mae_sum_gradient);
}

TEST_CASE("huber") {
  check_all<tl::huber<>>(pytorch::input, pytorch::target, pytorch::huber_mean,
                         pytorch::huber_mean_gradient);
  check_all<tl::summed<tl::huber<>>>(pytorch::input, pytorch::target, pytorch::huber_sum,
                                     pytorch::huber_sum_gradient);
}

TEST_CASE("bce") {
  check_all<tl::bce>(pytorch::input_probabilities, pytorch::target_probabilities, pytorch::bce_mean,
                     pytorch::bce_mean_gradient);
  check_all<tl::summed<tl::bce>>(pytorch::input_probabilities, pytorch::target_probabilities,
                                 pytorch::bce_sum, pytorch::bce_sum_gradient);
}

TEST_CASE("bce_with_logits") {
  check_all<tl::bce_with_logits>(pytorch::input, pytorch::target_probabilities,
                                 pytorch::bce_with_logits_mean,
                                 pytorch::bce_with_logits_mean_gradient);
  check_all<tl::summed<tl::bce_with_logits>>(pytorch::input, pytorch::target_probabilities,
                                             pytorch::bce_with_logits_sum,
                                             pytorch::bce_with_logits_sum_gradient);
}
