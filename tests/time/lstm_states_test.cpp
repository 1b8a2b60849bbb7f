// Starts, lengths and last states of long short-term memories against PyTorch.

#include <golden/recurrent.hpp>
#include <space/golden_law.hpp>

namespace cases = golden::recurrent;

TEST_CASE("lstm states", "[time]") {
  space::check_in<cases::lstm_states, double, space::compares::inference_too>();
}
TEST_CASE("lstm states both", "[time]") { space::check_in<cases::lstm_states_both, double>(); }
TEST_CASE("lstm lengths", "[time]") { space::check_in<cases::lstm_lengths, double>(); }
TEST_CASE("lstm learnt", "[time]") { space::check_in<cases::lstm_learnt, double>(); }
TEST_CASE("lstm states, float", "[time]") { space::check_in<cases::lstm_states, float>(); }
