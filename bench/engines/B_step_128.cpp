#include "nets.hpp"

void contest_contenders(std::vector<contest::contender>& all) {
  using namespace contest;
  offer_step<b_logits, tl::cross_entropy, tl::sgd, 1, tl::batch<128>>(all, "B_step_128");
}
