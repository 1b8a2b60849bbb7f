// The law of bounds for 1 to batch_size rows, and for one sample by array.

#if defined(__linux__)

#include <laws/guard_pages_counts.hpp>

namespace tl = tapeless;
using laws::check_bounds_of_counts;
using enum tl::lane_axis;

namespace {

struct odd : tl::sequential<tl::input<5>, tl::dense<7>, tl::tanh, tl::dense<3>> {};
struct narrow : tl::sequential<tl::input<3>, tl::dense<1>> {};

}  // namespace

TEST_CASE("no call of a trainer reads or writes beyond its rows, lanes over features") {
  check_bounds_of_counts<odd, float, features, 5, tl::cross_entropy>();
}

TEST_CASE("no call of a trainer reads or writes beyond its rows, lanes over samples") {
  check_bounds_of_counts<odd, float, samples, 9>();
  check_bounds_of_counts<narrow, double, samples, 3>();
}

TEST_CASE("one sample by array is not left") {
  for (const bool at_end : {true, false}) {
    const laws::guarded block(sizeof(tl::parameters<odd>), at_end);
    const laws::guarded in(sizeof(std::array<float, 5>), at_end);
    const auto& theta = *new (block.data()) tl::parameters<odd>{tl::init<odd>(tl::seed{3})};
    const auto& x = *new (in.data()) std::array<float, 5>{1, 2, 3, 4, 5};
    CHECK(tl::forward<odd>(theta, x)[0] < 1e3f);
  }
}

#endif
