// The step law for dense layers and branches.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;

struct products : tl::sequential<tl::input<17>, tl::dense<9, tl::bias::off>, tl::tanh, tl::dense<1>,
                                 tl::tanh, tl::dense<3>> {};
struct branches
    : tl::sequential<tl::input<6>, tl::residual<tl::dense<6>, tl::tanh>,
                     tl::parallel_concat<tl::dense<3>, tl::sequential<tl::dense<4>, tl::tanh>,
                                         tl::residual<tl::tanh>>,
                     tl::parallel_sum<tl::dense<5>, tl::dense<5, tl::bias::off>>> {};

}  // namespace

TEST_CASE("the step law for dense layers with and without bias") {
  check_steps<laws::three_steps | laws::evaluation, double, products, tl::mse, tl::sgd,
              tl::batch<7>, tl::lanes_over<features>>();
  check_steps<laws::three_steps, double, products, tl::mse, tl::sgd, tl::batch<9>,
              tl::lanes_over<samples>>();
  check_steps<laws::three_steps, float, products, tl::mse, tl::sgd>();
}
TEST_CASE("the step law for branches") {
  check_steps<laws::three_steps | laws::evaluation, double, branches, tl::mse, tl::sgd,
              tl::batch<3>>();
  check_steps<laws::three_steps, double, branches, tl::mse, tl::adam, tl::batch<9>,
              tl::lanes_over<samples>>();
}
