// Multi-head attention against PyTorch.

#include <attention/golden_law.hpp>

namespace cases = golden::attention;

TEST_CASE("mha self") { attention::check_reference<cases::mha_self>(); }
TEST_CASE("mha one head") { attention::check_reference<cases::mha_one_head>(); }
TEST_CASE("mha wide") { attention::check<cases::mha_wide>(); }
TEST_CASE("mha bare") { attention::check_reference<cases::mha_bare>(); }
TEST_CASE("mha cross") { attention::check_reference<cases::mha_cross>(); }
TEST_CASE("mha memory") { attention::check_reference<cases::mha_memory>(); }
TEST_CASE("mha hidden") {
  attention::check<cases::mha_hidden>();
  attention::check_forward<cases::mha_hidden>();
}
TEST_CASE("mha padding") { attention::check_reference<cases::mha_padding>(); }
TEST_CASE("mha grouped") { attention::check_reference<cases::mha_grouped>(); }
TEST_CASE("mha multi query") { attention::check_reference<cases::mha_multi_query>(); }
