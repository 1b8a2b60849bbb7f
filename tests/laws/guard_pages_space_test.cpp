// The law of bounds for windows: those at the ends of the caller's buffers reach beyond them.

#if defined(__linux__)

#include <laws/guard_pages.hpp>

namespace tl = tapeless;
using laws::check_bounds;
using laws::check_bounds_of_gradient;
using enum tl::lane_axis;

namespace {

/// Windows of the input itself, whose last ones end with the input; and between zeros.
struct inside : tl::sequential<tl::input<3, 5, 9>, tl::conv2d<4, 3, tl::bias::off>> {};
constexpr tl::kernel around{.size = 3, .stride = 2, .padding = 1};
struct beyond
    : tl::sequential<tl::input<2, 13>, tl::max_pool1d<around>, tl::batch_norm<>,
                     tl::depthwise_conv1d<tl::kernel{.size = 3, .padding = 2}>> {};

}  // namespace

TEST_CASE("windows touch nothing beyond the rows") {
  check_bounds_of_gradient<inside, float, features, 2>();
  check_bounds<inside, float, samples, 9>();
  check_bounds<beyond, float, features, 3>();
}

#endif
