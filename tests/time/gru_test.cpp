// Gated recurrent units against PyTorch.

#include <golden/recurrent.hpp>
#include <space/golden_law.hpp>

namespace cases = golden::recurrent;

TEST_CASE("gru", "[time]") {
  space::check_in<cases::gru, double, space::compares::inference_too>();
}
TEST_CASE("gru bare", "[time]") { space::check_in<cases::gru_bare, double>(); }
TEST_CASE("gru both", "[time]") { space::check_in<cases::gru_both, double>(); }
TEST_CASE("gru states", "[time]") { space::check_in<cases::gru_states, double>(); }
TEST_CASE("gru lengths", "[time]") { space::check_in<cases::gru_lengths, double>(); }
TEST_CASE("gru learnt", "[time]") { space::check_in<cases::gru_learnt, double>(); }
TEST_CASE("gru reset before", "[time]") { space::check_in<cases::gru_reset_before, double>(); }
TEST_CASE("gru, float", "[time]") { space::check_in<cases::gru, float>(); }
TEST_CASE("gru in windows", "[time]") { space::check_in<cases::gru_windows, double>(); }
