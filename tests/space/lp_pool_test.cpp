// Pools of powers against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("lp2d") { space::check_in<cases::lp2d, double>(); }
TEST_CASE("lp2d sum") { space::check_in<cases::lp2d_sum, double>(); }
TEST_CASE("lp2d four") { space::check_in<cases::lp2d_four, double>(); }
TEST_CASE("lp2d half") { space::check_in<cases::lp2d_half, double>(); }
TEST_CASE("lp2d ceil") { space::check_in<cases::lp2d_ceil, double>(); }
TEST_CASE("lp1d") { space::check_in<cases::lp1d, double>(); }
TEST_CASE("lp2d half, float") {
  space::check_in<cases::lp2d_half, float, space::compares::inference_too>();
}
