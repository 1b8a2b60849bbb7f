#include "nets.hpp"

void contest_contenders(std::vector<contest::contender>& all) {
  using namespace contest;
  offer_step<a, tl::bce, tl::sgd, 1, tl::batch<32>>(all, "A_step_32");
}
