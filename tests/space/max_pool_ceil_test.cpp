// Maximum pools whose last window reaches beyond the padding, against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("max2d ceil") { space::check_in<cases::max2d_ceil, double>(); }
TEST_CASE("max2d ceil overlap") { space::check_in<cases::max2d_ceil_overlap, double>(); }
TEST_CASE("max2d ceil dilated") { space::check_in<cases::max2d_ceil_dilated, double>(); }
TEST_CASE("max2d ceil left out") { space::check_in<cases::max2d_ceil_left_out, double>(); }
TEST_CASE("max2d ceil beyond") { space::check_in<cases::max2d_ceil_beyond, double>(); }
TEST_CASE("max1d ceil") { space::check_in<cases::max1d_ceil, double>(); }
TEST_CASE("max2d ceil overlap, float") {
  space::check_in<cases::max2d_ceil_overlap, float, space::compares::inference_too>();
}
