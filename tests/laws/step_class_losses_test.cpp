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

/// Two inputs, and a loss on each of two outputs.
struct heads : tl::network<heads> {
  static consteval tl::value define(tl::graph& g) {
    const auto a = g.input("a", tl::shape{4}), b = g.input("b", tl::shape{3});
    const auto h = tl::math::tanh(g.dense("body", tl::math::concat(a, b), 6));
    g.output("value", g.dense("value", h, 2));
    return g.dense("policy", h, 5);
  }
};
using both = tl::losses<tl::on<"value", tl::mse, 0.25>, tl::on<"y", tl::cross_entropy>>;

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

TEST_CASE("the step law for losses on several outputs") {
  check_steps<all | laws::evaluation, double, heads, both, tl::sgd, tl::batch<4>>(
      target_kind::classes);
  check_steps<laws::one_step, float, heads, both, tl::adam, tl::batch<9>, tl::lanes_over<samples>>(
      target_kind::classes);
}
