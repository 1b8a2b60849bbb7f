// The step law for nets with attention: adam with dropout, descent in float with lanes over
// samples.

#include <attention/step_nets.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

}  // namespace

TEST_CASE("the step law with attention: adam, dropout") {
  check_steps<laws::three_steps, double, laws::small_encoder, tl::mse, tl::adam, tl::batch<3>>();
}
TEST_CASE("the step law with attention: momentum, float, lanes over samples") {
  check_steps<laws::one_step, float, laws::small_decoder, tl::mse, momentum, tl::batch<9>,
              tl::lanes_over<tl::lane_axis::samples>>();
}
