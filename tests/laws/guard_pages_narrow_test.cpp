// The law of bounds for narrow last layers.

#if defined(__linux__)

#include <laws/guard_pages.hpp>

namespace tl = tapeless;
using laws::check_bounds;
using laws::check_bounds_of_gradient;
using enum tl::lane_axis;

namespace {

/// The last parameter is a matrix, of rows shorter than a vector or of fewer rows than one.
struct short_rows
    : tl::sequential<tl::input<6>, tl::dense<12>, tl::relu, tl::dense<8, tl::bias::off>> {};
struct few_rows
    : tl::sequential<tl::input<6>, tl::dense<24>, tl::relu, tl::dense<3, tl::bias::off>> {};
struct single : tl::sequential<tl::input<3>, tl::dense<8>, tl::sigmoid, tl::dense<1>> {};

}  // namespace

TEST_CASE("nothing beyond the operands of a narrow last layer is touched") {
  check_bounds_of_gradient<short_rows, float, features, 7>();
  check_bounds_of_gradient<few_rows, float, features, 7>();
  check_bounds<few_rows, float, features, 1>();
  check_bounds<few_rows, float, features, 7>();
  check_bounds<few_rows, float, samples, 20>();
}

TEST_CASE("nothing beyond the operands of a single output is touched") {
  check_bounds<single, float, features, 1>();
  check_bounds<single, double, samples, 7>();
}

#endif
