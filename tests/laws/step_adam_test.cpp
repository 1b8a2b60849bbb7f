// The step law for adam and rmsprop.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
constexpr auto samples = tl::lane_axis::samples;

struct net : tl::sequential<tl::input<17>, tl::dense<10>, tl::tanh, tl::dense<3>> {};

template <tl::rmsprop_settings S>
void check_rmsprop() {
  check_steps<laws::three_steps, double, net, tl::mse, tl::rmsprop_with<S>, tl::batch<5>>();
}
template <class Optimizer, class T = double>
void check_with() {
  check_steps<laws::three_steps, T, net, tl::mse, Optimizer, tl::batch<5>>();
}

}  // namespace

TEST_CASE("the step law for adam") {
  check_with<tl::adam>();
  check_with<tl::adamw>();
  check_with<tl::adam_with<tl::adam_settings{.weight_decay = 0.02}>>();
  check_with<tl::adam, float>();
  check_steps<laws::three_steps, double, net, tl::mse, tl::adam, tl::batch<9>,
              tl::lanes_over<samples>>();
}
TEST_CASE("the step law for rmsprop") {
  check_rmsprop<tl::rmsprop_settings{}>();
  check_rmsprop<tl::rmsprop_settings{.momentum = 0.8}>();
  check_rmsprop<tl::rmsprop_settings{.weight_decay = 0.01, .momentum = 0.8, .centered = true}>();
}
