// The step law for options of trainers: clipping, frozen parameters, accumulation.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;

struct net : tl::sequential<tl::input<7>, tl::dense<9>, tl::tanh, tl::dense<3>> {};
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

}  // namespace

TEST_CASE("the step law for clipped gradients") {
  check_steps<laws::three_steps, double, net, tl::mse, momentum, tl::batch<5>,
              tl::clip_by_norm<0.1>>();
  check_steps<laws::three_steps, double, net, tl::mse, tl::adam, tl::batch<5>,
              tl::clip_by_value<0.02>>();
}
TEST_CASE("the step law for frozen parameters") {
  check_steps<laws::three_steps | laws::accumulation, double, net, tl::mse, momentum, tl::batch<5>,
              tl::frozen_paths<"0.weight", "2.bias">, tl::clip_by_norm<0.1>>();
}
TEST_CASE("the step law for accumulated gradients") {
  check_steps<laws::accumulation, double, net, tl::mse, momentum, tl::batch<5>,
              tl::lanes_over<features>>();
  check_steps<laws::accumulation, float, net, tl::mse, tl::adam, tl::batch<8>,
              tl::lanes_over<samples>>();
}
