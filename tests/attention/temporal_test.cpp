// Stacks of causal convolutions over time against PyTorch.

#include <attention/golden_law.hpp>

namespace cases = golden::attention;

TEST_CASE("tcn block") { attention::check_reference<cases::tcn_block>(); }
TEST_CASE("tcn block wider") { attention::check_reference<cases::tcn_block_wider>(); }
TEST_CASE("tcn block dilated") { attention::check_reference<cases::tcn_block_dilated>(); }
TEST_CASE("tcn block tanh") { attention::check_reference<cases::tcn_block_tanh>(); }
TEST_CASE("tcn block beyond") { attention::check_reference<cases::tcn_block_beyond>(); }
TEST_CASE("tcn") { attention::check<cases::tcn>(); }
TEST_CASE("tcn uneven") { attention::check_reference<cases::tcn_uneven>(); }
TEST_CASE("tcn growth") { attention::check_reference<cases::tcn_growth>(); }
TEST_CASE("gated") { attention::check_reference<cases::gated>(); }
TEST_CASE("gated dilated") { attention::check<cases::gated_dilated>(); }
TEST_CASE("gated wide") { attention::check_reference<cases::gated_wide>(); }
TEST_CASE("gated bare") { attention::check_reference<cases::gated_bare>(); }
TEST_CASE("gated stride") { attention::check_reference<cases::gated_stride>(); }
TEST_CASE("wavenet one") { attention::check_reference<cases::wavenet_one>(); }
TEST_CASE("wavenet two") { attention::check_reference<cases::wavenet_two>(); }
TEST_CASE("wavenet") { attention::check<cases::wavenet>(); }
TEST_CASE("wavenet again") { attention::check_reference<cases::wavenet_again>(); }
TEST_CASE("wavenet wide") { attention::check_reference<cases::wavenet_wide>(); }
