// Transformer encoders against PyTorch.

#include <attention/golden_law.hpp>

namespace cases = golden::attention;

TEST_CASE("encoder post") { attention::check_reference<cases::encoder_post>(); }
TEST_CASE("encoder pre") {
  attention::check<cases::encoder_pre>();
  attention::check_forward<cases::encoder_pre>();
}
TEST_CASE("encoder causal") { attention::check_reference<cases::encoder_causal>(); }
TEST_CASE("encoder hidden") { attention::check_reference<cases::encoder_hidden>(); }
TEST_CASE("encoder wide") { attention::check_reference<cases::encoder_wide>(); }
TEST_CASE("encoder epsilon") { attention::check_reference<cases::encoder_epsilon>(); }
TEST_CASE("encoder stack") { attention::check_reference<cases::encoder_stack>(); }
TEST_CASE("encoder stack bare") { attention::check_reference<cases::encoder_stack_bare>(); }
