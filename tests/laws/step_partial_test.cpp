// The step law for smaller batches.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;

struct net : tl::sequential<tl::input<7>, tl::dense<9>, tl::tanh, tl::dense<3>> {};
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

}  // namespace

TEST_CASE("the step law for smaller batches") {
  check_steps<laws::partial_steps | laws::evaluation, double, net, tl::mse, tl::adam, tl::batch<6>,
              tl::lanes_over<features>>();
  check_steps<laws::partial_steps, double, net, tl::mse, tl::sgd, tl::batch<9>,
              tl::lanes_over<samples>>();
  check_steps<laws::partial_steps | laws::evaluation, double, net, tl::mse, momentum>();
}
