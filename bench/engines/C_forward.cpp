#include "nets.hpp"

void contest_contenders(std::vector<contest::contender>& all) {
  contest::offer_forward<contest::c>(all, "C_forward");
}
