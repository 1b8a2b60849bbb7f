// Maximum pools against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("max2d") { space::check_in<cases::max2d, double>(); }
TEST_CASE("max2d overlap") { space::check_in<cases::max2d_overlap, double>(); }
TEST_CASE("max2d overlap, float") { space::check_in<cases::max2d_overlap, float, space::compares::inference_too>(); }
TEST_CASE("max2d dilated") { space::check_in<cases::max2d_dilated, double>(); }
TEST_CASE("max2d ties") { space::check_in<cases::max2d_ties, double>(); }
TEST_CASE("max1d") { space::check_in<cases::max1d, double>(); }
TEST_CASE("max1d overlap") { space::check_in<cases::max1d_overlap, double>(); }
