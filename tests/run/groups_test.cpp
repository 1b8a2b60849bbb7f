// Groups of parameters: rates and decays of their own, against PyTorch and the reference.

#include <run/against_reference.hpp>

using namespace against_reference;

namespace {

struct net : tl::sequential<tl::input<2>, tl::dense<3>, tl::tanh, tl::dense<1>> {};

using slow = tl::parameter_group<tl::group_settings{.learning_rate_factor = 0.1}, "0">;
using no_decay = tl::parameter_group<tl::group_settings{.weight_decay = 0}, "*.bias">;
using decayed = tl::parameter_group<tl::group_settings{.weight_decay = 0.1}, "*.weight">;
using fast = tl::parameter_group<tl::group_settings{.learning_rate_factor = 2}, "0.bias">;
using momentum_alone = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;

template <class Optimizer, class... Options>
using trainer =
    tl::trainer<net, tl::mse, Optimizer, tl::batch<4>, tl::scalar_type<double>, Options...>;

constexpr tl::parameters<net, double> start() {
  tl::parameters<net, double> theta{};
  for (int t = 0; t < 4; ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e)
      theta.set(t, e, m::sin(1.3 * t + 0.7 * e + 0.2) * 0.4);
  return theta;
}

/// Five steps of a trainer give these numbers, in the order of declaration.
template <class Trainer, std::size_t N>
void check_steps(double rate, const double (&wanted)[N]) {
  double x[8], y[4];
  for (int i = 0; i < 8; ++i) x[i] = std::sin(0.9 * i + 0.1);
  for (int i = 0; i < 4; ++i) y[i] = std::cos(1.1 * i);
  Trainer steps{start(), {.learning_rate = rate}}, sums{start(), {.learning_rate = rate}};
  for (int k = 0; k < 5; ++k) {
    steps.step(x, y);
    sums.accumulate(x, y);
    sums.apply();
  }
  std::size_t n = 0;
  for (int t = 0; t < 4; ++t)
    for (int e = 0; e < steps.parameters().tensors().of[t].dims.count(); ++e, ++n) {
      CHECK(steps.parameters().get(t, e) == Approx(wanted[n]).epsilon(1e-10));
      CHECK(sums.parameters().get(t, e) == Approx(wanted[n]).epsilon(1e-10));
    }
  REQUIRE(n == N);
}

}  // namespace

// torch.optim (2.15, float64) with parameter groups of these rates and decays.
TEST_CASE("parameter groups are those of PyTorch") {
  check_steps<trainer<tl::adamw, slow, no_decay>>(
      0.01, {0.08448225315387678, 0.31833159344198586, 0.39485711037516047, 0.2933246662979963,
             0.05143731408650757, -0.2169282085215557, 0.4039659329442258, 0.31852897059274904,
             0.09070960281637686, 0.18376193525747256, -0.09037456501421484, -0.3986069363424829,
             -0.2776272227635598});
  check_steps<trainer<momentum_alone, decayed, fast>>(
      0.05, {0.1409836413446918, 0.34776937249861534, 0.34849862885378735, 0.25511166976958244,
             -0.10903045351012673, -0.34697322189825625, 0.42013975929230696, 0.29795298431016964,
             -0.07936052689957944, 0.3632876700894909, 0.20325836108571851, -0.3940455161119616,
             -0.07302403370258492});
}

TEST_CASE("steps with groups are those of the reference") {
  check<net, tl::adamw, 9, slow, no_decay>(9, 3);
  check<net, tl::adam, 5, decayed, slow>(3, 3);
  check<net, momentum, 4, no_decay, slow, tl::clip_by_norm<0.5>>(4, 3);
  check<net, tl::sgd_with<tl::sgd_settings{.weight_decay = 0.2, .decoupled = true}>, 4, fast,
        no_decay>(4, 3);
  check<net, tl::rmsprop, 2, decayed>(2, 3);
  check<net, tl::adadelta, 2, decayed>(2, 3);
  check<net, tl::nadam, 2, decayed, fast>(2, 3);
  check<net, tl::lion, 2, decayed, fast>(2, 3);
}

TEST_CASE("a group follows the learning rate of the trainer") {
  const double x[8] = {1, 2, 3, 4, 5, 6, 7, 8}, y[4] = {1, 0, 1, 0};
  trainer<tl::sgd> plain{start(), {.learning_rate = 0.1}};
  trainer<tl::sgd, slow> grouped{start(), {.learning_rate = 0.1}};
  plain.step(x, y), grouped.step(x, y);
  for (int t = 0; t < 4; ++t)
    CHECK(grouped.parameters().get(t, 0) - start().get(t, 0) ==
          Approx((t < 2 ? 0.1 : 1.0) * (plain.parameters().get(t, 0) - start().get(t, 0))));
  grouped.options().learning_rate = 0;
  const auto before = grouped.parameters();
  grouped.step(x, y);
  CHECK(grouped.parameters().get(0, 0) == before.get(0, 0));
  CHECK(tl::cost_of<net, tl::mse, tl::adamw, slow, no_decay>.flops_update > 0);
  // A parameter belongs to the first group that names it; stars are for frozen paths too.
  static_assert(slow::contains("0.bias") && no_decay::contains("0.bias") &&
                !slow::contains("01.x"));
  static_assert(
      tl::cost_of<net, tl::mse, tl::sgd, tl::frozen_paths<"*.bias">>.trainable_parameters == 9);
  constexpr auto constant = [] {
    trainer<tl::sgd, slow> t{start(), {.learning_rate = 0.1}};
    const double xs[8] = {1, 2, 3, 4, 5, 6, 7, 8}, ys[4] = {1, 0, 1, 0};
    t.step(xs, ys);
    return t.parameters().get(0, 0);
  }();
  trainer<tl::sgd, slow> again{start(), {.learning_rate = 0.1}};
  again.step(x, y);
  CHECK(again.parameters().get(0, 0) == Approx(constant).epsilon(1e-12));
}
