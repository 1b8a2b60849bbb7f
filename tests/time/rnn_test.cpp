// Plain recurrences against PyTorch.

#include <golden/recurrent.hpp>
#include <space/golden_law.hpp>

namespace cases = golden::recurrent;

TEST_CASE("rnn tanh", "[time]") {
  space::check_in<cases::rnn_tanh, double, space::compares::inference_too>();
}
TEST_CASE("rnn one step", "[time]") { space::check_in<cases::rnn_one_step, double>(); }
TEST_CASE("rnn relu", "[time]") { space::check_in<cases::rnn_relu, double>(); }
TEST_CASE("rnn bare", "[time]") { space::check_in<cases::rnn_bare, double>(); }
TEST_CASE("rnn both", "[time]") { space::check_in<cases::rnn_both, double>(); }
TEST_CASE("rnn states", "[time]") { space::check_in<cases::rnn_states, double>(); }
TEST_CASE("rnn lengths", "[time]") { space::check_in<cases::rnn_lengths, double>(); }
TEST_CASE("rnn tanh, float", "[time]") { space::check_in<cases::rnn_tanh, float>(); }
TEST_CASE("rnn in windows", "[time]") { space::check_in<cases::rnn_windows, double>(); }
