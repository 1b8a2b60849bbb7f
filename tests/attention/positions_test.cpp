// Positions against PyTorch.

#include <attention/golden_law.hpp>

namespace cases = golden::attention;

TEST_CASE("rotary interleaved") { attention::check_reference<cases::rotary_interleaved>(); }
TEST_CASE("rotary interleaved heads") {
  attention::check_reference<cases::rotary_interleaved_heads>();
}
TEST_CASE("mha interleaved") { attention::check<cases::mha_interleaved>(); }
TEST_CASE("rotary half split") { attention::check_reference<cases::rotary_half_split>(); }
TEST_CASE("rotary half split heads") {
  attention::check_reference<cases::rotary_half_split_heads>();
}
TEST_CASE("mha half split") { attention::check_reference<cases::mha_half_split>(); }
TEST_CASE("mha bias far") { attention::check_reference<cases::mha_bias_far>(); }
TEST_CASE("mha bias clipped") {
  attention::check<cases::mha_bias_clipped>();
  attention::check_forward<cases::mha_bias_clipped>();
}
TEST_CASE("mha bias grouped") { attention::check_reference<cases::mha_bias_grouped>(); }
TEST_CASE("mha alibi") { attention::check_reference<cases::mha_alibi>(); }
TEST_CASE("mha alibi six") { attention::check_reference<cases::mha_alibi_six>(); }
TEST_CASE("sinusoidal") { attention::check_reference<cases::sinusoidal>(); }
TEST_CASE("sinusoidal odd") { attention::check_reference<cases::sinusoidal_odd>(); }
TEST_CASE("learnt") { attention::check_reference<cases::learnt_all>(); }
TEST_CASE("learnt part") { attention::check_reference<cases::learnt_part>(); }
