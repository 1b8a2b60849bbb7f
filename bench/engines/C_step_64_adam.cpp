#include "nets.hpp"

void contest_contenders(std::vector<contest::contender>& all) {
  using namespace contest;
  offer_step<c, tl::cross_entropy, tl::adam, 3, tl::batch<64>>(all, "C_step_64_adam");
}
