// The step law for losses of values.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
using laws::target_kind;
constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;

struct values : tl::sequential<tl::input<6>, tl::dense<5>> {};
struct matrices : tl::sequential<tl::input<6>, tl::dense<6>, tl::reshape_to<2, 3>> {};
struct unit : tl::sequential<tl::input<6>, tl::dense<5>, tl::sigmoid> {};

constexpr unsigned all = laws::three_steps | laws::partial_steps;

}  // namespace

TEST_CASE("the step law for squared and absolute differences") {
  check_steps<all, double, values, tl::mse, tl::sgd, tl::batch<4>>();
  check_steps<all, double, matrices, tl::mae, tl::sgd, tl::batch<4>>();
  check_steps<laws::three_steps, double, values, tl::huber<0.6>, tl::sgd, tl::batch<9>,
              tl::lanes_over<samples>>();
  check_steps<laws::one_step, float, values, tl::huber<>, tl::sgd, tl::batch<4>>();
}
TEST_CASE("the step law for sums instead of means") {
  check_steps<all, double, values, tl::summed<tl::mse>, tl::sgd, tl::batch<4>>();
}
TEST_CASE("the step law for losses of probabilities") {
  check_steps<all, double, unit, tl::bce, tl::sgd, tl::batch<4>>(target_kind::unit);
  check_steps<laws::three_steps, double, values, tl::bce_with_logits, tl::sgd, tl::batch<4>,
              tl::lanes_over<features>>(target_kind::unit);
  check_steps<laws::one_step, float, values, tl::bce_with_logits, tl::sgd, tl::batch<4>>(
      target_kind::unit);
}
