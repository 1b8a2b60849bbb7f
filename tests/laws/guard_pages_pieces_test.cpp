// The law of bounds for batches in pieces, the last of them smaller.

#if defined(__linux__)

#include <laws/guard_pages_counts.hpp>

namespace tl = tapeless;
using enum tl::lane_axis;

namespace {

struct windows
    : tl::sequential<tl::input<2, 7>, tl::conv1d<5, 3>, tl::tanh, tl::flatten, tl::dense<3>> {};

}  // namespace

TEST_CASE("pieces of a batch touch nothing beyond the rows") {
  laws::check_bounds_of_counts<windows, float, features, 6, tl::mse, tl::pieces_of<2>>();
  laws::check_bounds_of_counts<windows, double, samples, 4, tl::cross_entropy, tl::pieces_of<2>>();
}

#endif
