#include "nets.hpp"

void contest_contenders(std::vector<contest::contender>& all) {
  contest::offer_forward<contest::a>(all, "A_forward");
}
