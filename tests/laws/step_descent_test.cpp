// The step law for gradient descent and adagrad.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;

struct net : tl::sequential<tl::input<17>, tl::dense<10>, tl::tanh, tl::dense<3>> {};

template <tl::sgd_settings S, class T = double>
void check_sgd() {
  check_steps<laws::three_steps, T, net, tl::mse, tl::sgd_with<S>, tl::batch<5>>();
}
template <class Optimizer>
void check_with() {
  check_steps<laws::three_steps, double, net, tl::mse, Optimizer, tl::batch<5>>();
}

}  // namespace

TEST_CASE("the step law for gradient descent") {
  check_sgd<tl::sgd_settings{}>();
  check_sgd<tl::sgd_settings{.momentum = 0.9}>();
  check_sgd<tl::sgd_settings{.momentum = 0.9, .nesterov = true, .weight_decay = 0.01}>();
  check_sgd<tl::sgd_settings{.weight_decay = 0.01}, float>();
}
TEST_CASE("the step law for adagrad") {
  check_with<tl::adagrad>();
  check_with<
      tl::adagrad_with<tl::adagrad_settings{.weight_decay = 0.01, .learning_rate_decay = 0.1}>>();
}
