#include "nets.hpp"

void contest_contenders(std::vector<contest::contender>& all) {
  contest::offer_forward<contest::d>(all, "D_forward");
  contest::offer_forward<contest::d_fast>(all, "D_forward_fast_tanh");
}
