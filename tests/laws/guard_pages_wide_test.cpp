// The law of bounds for rows that fill no whole number of vectors.

#if defined(__linux__)

#include <laws/guard_pages.hpp>

namespace tl = tapeless;
using laws::check_bounds;
using enum tl::lane_axis;

namespace {

struct odd : tl::sequential<tl::input<5>, tl::dense<19>, tl::tanh, tl::dense<5>, tl::softmax> {};
struct wide : tl::sequential<tl::input<33>, tl::dense<70>, tl::relu, tl::dense<37>> {};

}  // namespace

TEST_CASE("nothing beyond the operands of a softmax is touched") {
  check_bounds<odd, float, features, 1>();
  check_bounds<odd, double, features, 9>();
  check_bounds<odd, float, samples, 7>();
}

TEST_CASE("nothing beyond the operands of wide layers is touched") {
  check_bounds<wide, float, features, 7, tl::cross_entropy>();
  check_bounds<wide, float, samples, 20, tl::cross_entropy>();
}

#endif
