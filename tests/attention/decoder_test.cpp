// Transformer decoders against PyTorch.

#include <attention/golden_law.hpp>

namespace cases = golden::attention;

TEST_CASE("decoder post") { attention::check_reference<cases::decoder_post>(); }
TEST_CASE("decoder pre") { attention::check_reference<cases::decoder_pre>(); }
TEST_CASE("decoder causal") { attention::check_reference<cases::decoder_causal>(); }
TEST_CASE("decoder masks") {
  attention::check<cases::decoder_masks>();
  attention::check_forward<cases::decoder_masks>();
}
TEST_CASE("decoder wide") { attention::check_reference<cases::decoder_wide>(); }
TEST_CASE("decoder stack") { attention::check_reference<cases::decoder_stack>(); }
