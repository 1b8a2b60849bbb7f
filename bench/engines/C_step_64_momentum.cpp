#include "nets.hpp"

void contest_contenders(std::vector<contest::contender>& all) {
  using namespace contest;
  using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;
  offer_step<c, tl::cross_entropy, momentum, 2, tl::batch<64>>(all, "C_step_64_momentum");
}
