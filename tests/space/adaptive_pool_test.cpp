// Global and adaptive pools against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("global avg") { space::check_in<cases::global_avg, double>(); }
TEST_CASE("global max") { space::check_in<cases::global_max, double>(); }
TEST_CASE("adaptive avg2d") { space::check_in<cases::adaptive_avg2d, double>(); }
TEST_CASE("adaptive max2d") { space::check_in<cases::adaptive_max2d, double>(); }
TEST_CASE("adaptive avg1d") { space::check_in<cases::adaptive_avg1d, double>(); }
TEST_CASE("adaptive max1d") { space::check_in<cases::adaptive_max1d, double>(); }
