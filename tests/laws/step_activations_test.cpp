// The step law for every family of activations, several of them in one network.

#include <laws/activation_nets.hpp>
#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;

using laws::cheaper, laws::further, laws::logistic, laws::normal, laws::normalized, laws::piecewise;

constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;

}  // namespace

TEST_CASE("the step law for piecewise activations") {
  check_steps<laws::three_steps, double, piecewise, tl::mse, tl::sgd, tl::batch<3>>();
}
TEST_CASE("the step law for logistic activations") {
  check_steps<laws::three_steps, double, logistic, tl::mse, tl::sgd, tl::batch<8>,
              tl::lanes_over<samples>>();
}
TEST_CASE("the step law for activations of the normal distribution") {
  check_steps<laws::three_steps, double, normal, tl::mse, tl::sgd, tl::batch<3>,
              tl::lanes_over<features>>();
}
TEST_CASE("the step law for cheaper forms") {
  check_steps<laws::one_step, double, cheaper, tl::mse, tl::sgd, tl::batch<3>>();
}
TEST_CASE("the step law for further functions as layers") {
  check_steps<laws::three_steps, double, further, tl::mse, tl::sgd, tl::batch<8>>();
}
TEST_CASE("the step law for softmax and its logarithm") {
  check_steps<laws::three_steps, double, normalized, tl::mse, tl::sgd>();
  check_steps<laws::three_steps, double, normalized, tl::mse, tl::sgd, tl::batch<5>>();
  check_steps<laws::one_step, float, normalized, tl::mse, tl::sgd, tl::batch<5>>();
}
