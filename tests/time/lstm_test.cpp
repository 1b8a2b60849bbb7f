// Long short-term memories against PyTorch.

#include <golden/recurrent.hpp>
#include <space/golden_law.hpp>

namespace cases = golden::recurrent;

TEST_CASE("lstm", "[time]") {
  space::check_in<cases::lstm, double, space::compares::inference_too>();
}
TEST_CASE("lstm wide", "[time]") { space::check_in<cases::lstm_wide, double>(); }
TEST_CASE("lstm last", "[time]") { space::check_in<cases::lstm_last, double>(); }
TEST_CASE("lstm both last", "[time]") { space::check_in<cases::lstm_both_last, double>(); }
TEST_CASE("lstm stacked", "[time]") { space::check_in<cases::lstm_stacked, double>(); }
TEST_CASE("lstm projected", "[time]") { space::check_in<cases::lstm_projected, double>(); }
TEST_CASE("lstm projected both", "[time]") {
  space::check_in<cases::lstm_projected_both, double>();
}
TEST_CASE("lstm, float", "[time]") { space::check_in<cases::lstm, float>(); }
TEST_CASE("lstm in windows", "[time]") { space::check_in<cases::lstm_windows, double>(); }
