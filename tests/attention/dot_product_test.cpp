// Scaled dot-product attention against PyTorch.

#include <attention/golden_law.hpp>

namespace cases = golden::attention;

TEST_CASE("sdpa plain") { attention::check_reference<cases::sdpa_plain>(); }
TEST_CASE("sdpa heads") { attention::check_reference<cases::sdpa_heads>(); }
TEST_CASE("sdpa cross") { attention::check_reference<cases::sdpa_cross>(); }
TEST_CASE("sdpa causal") {
  attention::check<cases::sdpa_causal>();
  attention::check_forward<cases::sdpa_causal>();
}
TEST_CASE("sdpa causal longer") { attention::check_reference<cases::sdpa_causal_longer>(); }
TEST_CASE("sdpa causal shorter") { attention::check_reference<cases::sdpa_causal_shorter>(); }
TEST_CASE("sdpa added") { attention::check_reference<cases::sdpa_added>(); }
TEST_CASE("sdpa shown") { attention::check<cases::sdpa_shown>(); }
TEST_CASE("sdpa hidden keys") { attention::check_reference<cases::sdpa_hidden_keys>(); }
TEST_CASE("sdpa grouped") { attention::check_reference<cases::sdpa_grouped>(); }
TEST_CASE("sdpa grouped shown") { attention::check<cases::sdpa_grouped_shown>(); }
TEST_CASE("sdpa multi query") { attention::check_reference<cases::sdpa_multi_query>(); }
