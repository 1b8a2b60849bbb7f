// Average pools against PyTorch.

#include <space/golden_law.hpp>

namespace cases = golden::space;

TEST_CASE("avg2d") { space::check_in<cases::avg2d, double>(); }
TEST_CASE("avg2d overlap") { space::check_in<cases::avg2d_overlap, double>(); }
TEST_CASE("avg2d overlap, float") { space::check_in<cases::avg2d_overlap, float, space::compares::inference_too>(); }
TEST_CASE("avg2d inside") { space::check_in<cases::avg2d_inside, double>(); }
TEST_CASE("avg2d inside stride") { space::check_in<cases::avg2d_inside_stride, double>(); }
TEST_CASE("avg1d") { space::check_in<cases::avg1d, double>(); }
