// Optimizers over ten steps with prescribed gradients, against PyTorch.

#include <catch2/catch.hpp>
#include <golden/optimizers.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace pytorch = golden::optimizers;

namespace {

/// y = w * x: with the summed output as loss, the gradient of w is the input.
struct weights : tl::network<weights> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{6});
    return x * g.parameter("w", tl::shape{6}, tl::initializer{});
  }
};

/// The sum of all outputs; the target counts for nothing.
struct output_sum : tl::detail::elementwise_loss {
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(y + t * 0.0);
  }
};

template <class T>
tl::parameters<weights, T> start() {
  tl::parameters<weights, T> theta;
  for (int i = 0; i < 6; ++i)
    theta.set(0, i, static_cast<T>(pytorch::start[static_cast<std::size_t>(i)]));
  return theta;
}

template <class Optimizer, class T>
void check(const std::array<double, 60>& wanted, double learning_rate, double tolerance) {
  tl::trainer<weights, tl::summed<output_sum>, Optimizer, tl::scalar_type<T>> t{
      start<T>(), {.learning_rate = learning_rate}};
  const T target[6] = {};
  for (int k = 0; k < 10; ++k) {
    T x[6];
    for (int i = 0; i < 6; ++i)
      x[i] = static_cast<T>(pytorch::gradients[static_cast<std::size_t>(6 * k + i)]);
    t.step(x, target);
    for (int i = 0; i < 6; ++i) {
      INFO("step " << k << ", parameter " << i);
      CHECK(
          t.parameters().get(0, i) ==
          Approx(wanted[static_cast<std::size_t>(6 * k + i)]).epsilon(tolerance).margin(tolerance));
    }
  }
  CHECK(t.steps() == 10);
}

template <class Optimizer>
void check(const std::array<double, 60>& wanted, double learning_rate) {
  check<Optimizer, double>(wanted, learning_rate, 1e-12);
  check<Optimizer, float>(wanted, learning_rate, 4e-6);
}

}  // namespace

TEST_CASE("sgd") {
  check<tl::sgd>(pytorch::sgd, 0.1);
  check<tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>>(pytorch::sgd_momentum, 0.1);
  check<tl::sgd_with<tl::sgd_settings{.momentum = 0.9, .nesterov = true}>>(pytorch::sgd_nesterov,
                                                                           0.1);
  check<tl::sgd_with<tl::sgd_settings{.weight_decay = 0.01}>>(pytorch::sgd_weight_decay, 0.1);
  check<tl::sgd_with<tl::sgd_settings{.momentum = 0.9, .weight_decay = 0.01}>>(
      pytorch::sgd_momentum_weight_decay, 0.1);
}

TEST_CASE("adam and adamw") {
  check<tl::adam>(pytorch::adam, 0.01);
  check<tl::adam_with<tl::adam_settings{.weight_decay = 0.01}>>(pytorch::adam_weight_decay, 0.01);
  check<tl::adamw>(pytorch::adamw, 0.01);
}

TEST_CASE("rmsprop") {
  check<tl::rmsprop>(pytorch::rmsprop, 0.01);
  check<tl::rmsprop_with<tl::rmsprop_settings{.momentum = 0.9}>>(pytorch::rmsprop_momentum, 0.01);
  check<tl::rmsprop_with<tl::rmsprop_settings{.centered = true}>>(pytorch::rmsprop_centered, 0.01);
}

TEST_CASE("adagrad") { check<tl::adagrad>(pytorch::adagrad, 0.1); }

TEST_CASE("adadelta, adamax, nadam, lion, amsgrad") {
  check<tl::adadelta_with<tl::adadelta_settings{.weight_decay = 0.01}>>(pytorch::adadelta, 1.0);
  check<tl::adamax_with<tl::adamax_settings{.weight_decay = 0.01}>>(pytorch::adamax, 0.01);
  check<tl::nadam>(pytorch::nadam, 0.01);
  check<tl::nadam_with<tl::nadam_settings{.weight_decay = 0.01, .decoupled = true}>>(
      pytorch::nadam_decoupled, 0.01);
  check<tl::lion_with<tl::lion_settings{.weight_decay = 0.1}>>(pytorch::lion, 0.01);
  check<tl::adam_with<tl::adam_settings{.amsgrad = true}>>(pytorch::adam_amsgrad, 0.01);
}

TEST_CASE("maximize") {
  check<tl::adam_with<tl::adam_settings{.weight_decay = 0.01, .maximize = true}>>(
      pytorch::adam_maximize, 0.01);
  check<tl::sgd_with<tl::sgd_settings{.momentum = 0.9, .maximize = true}>>(pytorch::sgd_maximize,
                                                                           0.1);
  check<tl::rmsprop_with<tl::rmsprop_settings{.maximize = true}>>(pytorch::rmsprop_maximize, 0.01);
  check<tl::adagrad_with<tl::adagrad_settings{.maximize = true}>>(pytorch::adagrad_maximize, 0.1);
}

TEST_CASE("decoupled weight decay of sgd multiplies the weights") {
  constexpr tl::sgd_settings decoupled{.weight_decay = 0.5, .decoupled = true};
  tl::trainer<weights, tl::summed<output_sum>, tl::sgd_with<decoupled>, tl::scalar_type<double>> t{
      start<double>(), {.learning_rate = 0.1}};
  double x[6];
  const double target[6] = {};
  for (int i = 0; i < 6; ++i) x[i] = pytorch::gradients[static_cast<std::size_t>(i)];
  t.step(x, target);
  for (int i = 0; i < 6; ++i)
    CHECK(t.parameters().get(0, i) ==
          Approx(pytorch::start[static_cast<std::size_t>(i)] * (1 - 0.1 * 0.5) - 0.1 * x[i])
              .epsilon(1e-14)
              .margin(1e-14));
}
