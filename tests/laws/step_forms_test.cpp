// The step law for every form of code, both lane axes, float and double.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;

struct net : tl::sequential<tl::input<18>, tl::dense<21>, tl::tanh, tl::dense<10>, tl::gelu,
                            tl::dense<3>> {};

template <class T, int Batch, tl::expansion Policy, tl::lane_axis Axis>
void check_form() {
  check_steps<laws::three_steps, T, net, tl::cross_entropy, tl::sgd, tl::batch<Batch>,
              tl::expand_as<Policy>, tl::lanes_over<Axis>>(laws::target_kind::classes);
}
constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;

}  // namespace

TEST_CASE("the step law for code chosen by the cost model") {
  check_form<double, 5, tl::expansion::automatic, features>();
  check_form<float, 16, tl::expansion::automatic, samples>();
}
TEST_CASE("the step law for one straight line") {
  check_form<double, 1, tl::expansion::full, features>();
}
TEST_CASE("the step law for a function per kernel") {
  check_form<float, 5, tl::expansion::loops, features>();
  check_form<double, 9, tl::expansion::loops, samples>();
}
TEST_CASE("the step law for functions that layers share") {
  check_form<double, 5, tl::expansion::shared, features>();
  check_form<float, 9, tl::expansion::shared, samples>();
}
