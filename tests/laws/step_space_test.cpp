// The step law for nets over space: adam, and clipped descent with momentum in float.

#include <laws/space_nets.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

}  // namespace

TEST_CASE("the step law over space: adam") {
  check_steps<laws::three_steps, double, laws::small_space, tl::mse, tl::adam, tl::batch<3>>();
}
TEST_CASE("the step law over space: momentum, clipped, float, lanes over samples") {
  check_steps<laws::three_steps, float, laws::small_sequence, tl::mse, momentum, tl::batch<9>,
              tl::lanes_over<tl::lane_axis::samples>, tl::clip_by_norm<0.1>>();
}
