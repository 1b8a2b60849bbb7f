// Optimizers in float over ten thousand gradients that are constant, alternating, tiny, huge, beyond
// what float can square, or a single spike: against PyTorch in float.

#include <catch2/catch.hpp>
#include <cmath>
#include <golden/optimizers.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace pytorch = golden::optimizers;

namespace {

/// y = w x: with the output as loss, the gradient of w is the input.
struct weight : tl::network<weight> {
  static consteval tl::value define(tl::graph& g) {
    return g.input("x", tl::shape{}) * g.parameter("w", tl::shape{});
  }
};

struct output_itself : tl::detail::elementwise_loss {
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(y + t * 0.0);
  }
};

constexpr int shown[] = {1, 10, 100, 1000, 3000, 10000};
using numbers = std::array<double, 6>;

double constant(int) { return 0.37; }
double alternating(int k) { return k % 2 != 0 ? 0.5 : -0.25; }
double tiny(int k) { return 1e-12 * (1 + k % 3); }
double huge(int k) { return 3e19 * (k % 5 != 0 ? 1 : -2); }
double beyond(int) { return 1e30; }
double spike(int k) { return k == 5 ? 1e10 : 0.01; }

/// Compares what a weight has gone from 1, relative, after the first `compared` numbers of steps.
/// Where PyTorch's float has become NaN ours need only be finite.
template <class Optimizer>
void check(double rate, const numbers& wanted, double (*gradient)(int), double tolerance,
           int compared = 6) {
  tl::parameters<weight> theta;
  theta.set(0, 0, 1.0f);
  tl::trainer<weight, tl::summed<output_itself>, Optimizer> t{theta, {.learning_rate = rate}};
  for (int k = 0, next = 0; k < shown[5]; ++k) {
    const auto x = static_cast<float>(gradient(k));
    const float target = 0;
    t.step(&x, &target);
    if (k + 1 != shown[next]) continue;
    const auto i = static_cast<std::size_t>(next++);
    const double w = static_cast<double>(t.parameters().get(0, 0));
    INFO("step " << k + 1);
    CHECK(std::isfinite(w));
    if (next <= compared && std::isfinite(wanted[i]))
      CHECK(w - 1 == Approx(wanted[i] - 1).epsilon(tolerance).margin(3e-7));
  }
}

#define CHECK_ALL(optimizer, name, rate, tolerance, compared)                                   \
  check<optimizer>(rate, pytorch::long_##name##_constant, constant, tolerance, compared);       \
  check<optimizer>(rate, pytorch::long_##name##_alternating, alternating, tolerance, compared); \
  check<optimizer>(rate, pytorch::long_##name##_tiny, tiny, tolerance, compared);               \
  check<optimizer>(rate, pytorch::long_##name##_huge, huge, tolerance, compared);               \
  check<optimizer>(rate, pytorch::long_##name##_beyond, beyond, tolerance, compared);           \
  check<optimizer>(rate, pytorch::long_##name##_spike, spike, tolerance, compared)

/// Forty weights, so that all instruction sets take whole vectors and a rest.
struct weights : tl::network<weights> {
  static consteval tl::value define(tl::graph& g) {
    return g.input("x", tl::shape{40}) * g.parameter("w", tl::shape{40});
  }
};

/// Gradients whose squares are beyond the largest number, in vectors: as with a single weight.
template <class Optimizer, class T>
void check_vectors(double beyond) {
  tl::parameters<weights, T> theta;
  tl::parameters<weight, T> one;
  for (int i = 0; i < 40; ++i) theta.set(0, i, T(1));
  one.set(0, 0, T(1));
  using all = tl::trainer<weights, tl::summed<output_itself>, Optimizer, tl::scalar_type<T>>;
  using single = tl::trainer<weight, tl::summed<output_itself>, Optimizer, tl::scalar_type<T>>;
  all t{theta, {.learning_rate = 0.01}};
  single alone{one, {.learning_rate = 0.01}};
  for (int k = 0; k < 20; ++k) {
    const T x = static_cast<T>(k == 5 ? beyond : 0.01);
    T row[40], targets[40] = {};
    for (T& r : row) r = x;
    t.step(row, targets);
    alone.step(&x, targets);
  }
  const double w = static_cast<double>(alone.parameters().get(0, 0));
  CHECK(std::isfinite(w));
  for (int i = 0; i < 40; ++i)
    CHECK(static_cast<double>(t.parameters().get(0, i)) == Approx(w).epsilon(1e-5));
}
template <class Optimizer>
void check_vectors() {
  check_vectors<Optimizer, float>(1e25);
  check_vectors<Optimizer, double>(1e200);
}

using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;
using amsgrad = tl::adam_with<tl::adam_settings{.amsgrad = true}>;
using centered = tl::rmsprop_with<tl::rmsprop_settings{.centered = true}>;

}  // namespace

TEST_CASE("sgd with momentum over many steps") { CHECK_ALL(momentum, sgd_momentum, 0.001, 2e-4, 6); }
TEST_CASE("adam over many steps") {
  CHECK_ALL(tl::adam, adam, 0.001, 2e-4, 6);
  CHECK_ALL(amsgrad, adam_amsgrad, 0.001, 2e-4, 6);
}
TEST_CASE("rmsprop over many steps") { CHECK_ALL(tl::rmsprop, rmsprop, 0.001, 2e-4, 6); }
TEST_CASE("centred rmsprop over many steps: the variance of equal gradients is no negative number") {
  // From a thousand steps on the variance is rounding alone, and so is what is divided by its root.
  CHECK_ALL(centered, rmsprop_centered, 0.001, 2e-3, 3);
}
TEST_CASE("adagrad over many steps") { CHECK_ALL(tl::adagrad, adagrad, 0.01, 2e-4, 6); }
TEST_CASE("adadelta over many steps") { CHECK_ALL(tl::adadelta, adadelta, 1.0, 2e-4, 6); }
TEST_CASE("adamax over many steps") { CHECK_ALL(tl::adamax, adamax, 0.002, 2e-4, 6); }
TEST_CASE("nadam over many steps") { CHECK_ALL(tl::nadam, nadam, 0.002, 2e-4, 6); }
TEST_CASE("a gradient whose square overflows leaves all weights of a vector finite") {
  check_vectors<tl::adam>();
  check_vectors<amsgrad>();
  check_vectors<tl::adamw>();
  check_vectors<tl::nadam>();
  check_vectors<tl::adamax>();
  check_vectors<tl::rmsprop>();
  check_vectors<tl::adagrad>();
}
