// The export law for every optimizer, and for the options of training.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;

struct net : tl::sequential<tl::input<17>, tl::dense<10>, tl::tanh, tl::dense<3>> {};
using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

template <class Optimizer, class... Options>
void add(c_export::law& law) {
  law.training<double, net, tl::mse, Optimizer, tl::batch<5>, Options...>();
}

}  // namespace

TEST_CASE("exported gradient descent and adagrad") {
  c_export::law law;
  add<momentum>(law);
  add<tl::sgd_with<tl::sgd_settings{.momentum = 0.9, .nesterov = true, .weight_decay = 0.01}>>(law);
  add<tl::sgd_with<tl::sgd_settings{.weight_decay = 0.01}>>(law);
  add<tl::adagrad>(law);
  add<tl::adagrad_with<tl::adagrad_settings{.weight_decay = 0.01, .learning_rate_decay = 0.1}>>(
      law);
  law.check();
}

TEST_CASE("exported adam and rmsprop") {
  c_export::law law;
  add<tl::adam>(law);
  add<tl::adamw>(law);
  add<tl::rmsprop>(law);
  add<tl::rmsprop_with<tl::rmsprop_settings{
      .weight_decay = 0.01, .momentum = 0.8, .centered = true}>>(law);
  law.training<float, net, tl::mse, tl::adam, tl::batch<9>,
               tl::lanes_over<tl::lane_axis::samples>>();
  law.check();
}

TEST_CASE("exported adadelta, adamax, nadam, lion and amsgrad") {
  c_export::law law;
  add<tl::adadelta>(law);
  add<tl::adamax>(law);
  add<tl::nadam_with<tl::nadam_settings{.weight_decay = 0.01, .decoupled = true}>>(law);
  add<tl::lion_with<tl::lion_settings{.weight_decay = 0.01, .maximize = true}>>(law);
  add<tl::adam_with<tl::adam_settings{.amsgrad = true}>>(law);
  add<tl::sgd_with<tl::sgd_settings{.weight_decay = 0.01, .decoupled = true}>>(law);
  law.check();
}

TEST_CASE("exported clipping and frozen parameters") {
  c_export::law law;
  add<momentum, tl::clip_by_norm<0.1>>(law);
  add<tl::adam, tl::clip_by_value<0.02>>(law);
  add<momentum, tl::frozen_paths<"0.weight", "2.bias">>(law);
  law.check();
}
