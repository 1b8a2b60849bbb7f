// The step law for the optimizers beside sgd, adam, rmsprop and adagrad.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;

struct net : tl::sequential<tl::input<17>, tl::dense<10>, tl::tanh, tl::dense<3>> {};

template <class Optimizer, class T = double>
void check_with() {
  laws::check_steps<laws::three_steps, T, net, tl::mse, Optimizer, tl::batch<5>>();
}

}  // namespace

TEST_CASE("the step law for adadelta, adamax and nadam") {
  check_with<tl::adadelta_with<tl::adadelta_settings{.weight_decay = 0.02, .maximize = true}>>();
  check_with<tl::adamax>();
  check_with<tl::nadam_with<tl::nadam_settings{.weight_decay = 0.02, .decoupled = true}>>();
  check_with<tl::nadam, float>();
}
TEST_CASE("the step law for lion, amsgrad and decoupled decay") {
  check_with<tl::lion_with<tl::lion_settings{.weight_decay = 0.02}>>();
  check_with<tl::adam_with<tl::adam_settings{.amsgrad = true, .maximize = true}>>();
  check_with<
      tl::sgd_with<tl::sgd_settings{.momentum = 0.9, .weight_decay = 0.02, .decoupled = true}>>();
}
