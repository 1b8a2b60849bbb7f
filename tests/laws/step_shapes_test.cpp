// The step law for layers that change shapes, freeze or drop.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
constexpr auto samples = tl::lane_axis::samples;

struct shaped : tl::sequential<tl::input<4, 3>, tl::flatten, tl::named<"first", tl::dense<8>>,
                               tl::reshape_to<2, 4>, tl::tanh, tl::flatten,
                               tl::frozen<tl::dense<7>>, tl::tanh, tl::dense<2>> {};
struct dropped : tl::sequential<tl::input<6>, tl::dropout<0.3>, tl::dense<11>, tl::tanh,
                                tl::dropout<0.5>, tl::dense<3>> {};

}  // namespace

TEST_CASE("the step law for shapes, names and frozen layers") {
  check_steps<laws::three_steps, double, shaped, tl::mse, tl::adam, tl::batch<5>>();
}
TEST_CASE("the step law for dropout") {
  check_steps<laws::three_steps | laws::evaluation, double, dropped, tl::mse, tl::sgd,
              tl::batch<5>>();
  check_steps<laws::three_steps, double, dropped, tl::mse, tl::sgd, tl::batch<8>,
              tl::lanes_over<samples>>();
}
