// The diagonal state-space layer against its recurrence in PyTorch, and as a stream.

#include <golden/recurrent.hpp>
#include <space/golden_law.hpp>

namespace cases = golden::recurrent;

TEST_CASE("state space", "[time]") {
  space::check_in<cases::state_space, double, space::compares::inference_too>();
  space::check_in<cases::state_space, float>();
}
TEST_CASE("state space, other sizes", "[time]") {
  space::check_in<cases::state_space_wide, double>();
  space::check_in<cases::state_space_one, double>();
  space::check_in<cases::state_space_short, double>();
  space::check_in<cases::state_space_long, double>();
}
