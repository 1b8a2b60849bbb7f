// The step law for losses of classes and of distributions.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;
using laws::target_kind;
constexpr auto samples = tl::lane_axis::samples;

struct logits : tl::sequential<tl::input<6>, tl::dense<5>> {};
struct many_logits : tl::sequential<tl::input<6>, tl::dense<19>> {};
struct logarithms : tl::sequential<tl::input<6>, tl::dense<5>, tl::log_softmax> {};

constexpr unsigned all = laws::three_steps | laws::partial_steps;

}  // namespace

TEST_CASE("the step law for losses of classes") {
  check_steps<all, double, logits, tl::cross_entropy, tl::sgd, tl::batch<4>>(target_kind::classes);
  check_steps<laws::three_steps, double, many_logits, tl::cross_entropy, tl::sgd>(
      target_kind::classes);
  check_steps<laws::three_steps, double, logarithms, tl::nll, tl::sgd, tl::batch<9>,
              tl::lanes_over<samples>>(target_kind::classes);
  check_steps<laws::one_step, float, many_logits, tl::cross_entropy, tl::sgd, tl::batch<4>>(
      target_kind::classes);
}
TEST_CASE("the step law for losses of distributions") {
  check_steps<all, double, logits, tl::cross_entropy_probabilities, tl::sgd, tl::batch<4>>(
      target_kind::unit);
  check_steps<laws::three_steps, double, logarithms, tl::kl, tl::sgd, tl::batch<4>>(
      target_kind::unit);
  check_steps<all, double, logits, tl::summed<tl::cross_entropy>, tl::sgd, tl::batch<4>>(
      target_kind::classes);
}
