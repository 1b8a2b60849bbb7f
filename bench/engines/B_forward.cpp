#include "nets.hpp"

void contest_contenders(std::vector<contest::contender>& all) {
  contest::offer_forward<contest::b>(all, "B_forward");
}
