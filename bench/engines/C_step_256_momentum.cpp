#include <tapeless/threads.hpp>

#include "nets.hpp"

void contest_contenders(std::vector<contest::contender>& all) {
  using namespace contest;
  using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;
  offer_step<c, tl::cross_entropy, momentum, 2, tl::batch<256>>(all, "C_step_256_momentum");
  offer_step<c, tl::cross_entropy, momentum, 2, tl::batch<256>, tl::threads<2>>(
      all, "C_step_256_momentum_threads_2");
}
