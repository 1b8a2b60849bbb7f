// The step law where a loop over the rows of a tile finishes it: behind long sums, with long
// epilogues and with random numbers in them, with rows and lanes that fill no whole tile.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
using in_loops = tl::expand_as<tl::expansion::loops>;
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

struct narrow : tl::sequential<tl::input<45>, tl::dense<37>, tl::tanh, tl::dense<19>> {};
struct dropped : tl::sequential<tl::input<1050>, tl::dense<21>, tl::dropout<0.3>, tl::dense<3>> {};

}  // namespace

TEST_CASE("the step law for long epilogues behind long sums") {
  check_steps<laws::three_steps, double, narrow, tl::mse, tl::adam, tl::batch<210>, in_loops,
              tl::lanes_over<tl::lane_axis::features>>();
  check_steps<laws::three_steps, double, narrow, tl::mse, momentum, tl::batch<195>, in_loops,
              tl::lanes_over<tl::lane_axis::samples>>();
}
TEST_CASE("the step law for dropout behind long sums") {
  check_steps<laws::three_steps, double, dropped, tl::mse, tl::sgd, tl::batch<9>, in_loops>();
}
