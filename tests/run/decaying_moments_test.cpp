// The moments of an optimizer whose gradient stays 0, as behind a relu that is never positive
// again: they decay to 0 and do not stay among the denormal numbers, which multiply as slowly as
// nothing else and whose decay rounds back to where it was.

#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>
#include <tapeless/threads.hpp>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<3>, tl::dense<20>, tl::tanh, tl::dense<2>> {};

struct counts {
  int denormal = 0, positive = 0, other = 0;
};

/// What the state consists of after so many steps in which the first input is 0.
template <class Optimizer, class T, class... Options>
counts after(int idle) {
  using trainer =
      tl::trainer<net, tl::mse, Optimizer, tl::batch<4>, tl::scalar_type<T>, Options...>;
  trainer t{tl::init<net, tl::as_declared, T>(tl::seed{5})};
  T x[12], y[8];
  for (int i = 0; i < 12; ++i) x[i] = T(i % 5) / 4 - T(0.4);
  for (int i = 0; i < 8; ++i) y[i] = T(i % 3);
  for (int k = 0; k < 5; ++k) t.step(x, y);
  for (int s = 0; s < 4; ++s) x[3 * s] = 0;
  const auto mode = tl::detail::read_float_control() & tl::detail::denormals_off;
  for (int k = 0; k < idle; ++k) t.step(x, y);
  CHECK((tl::detail::read_float_control() & tl::detail::denormals_off) == mode);
  counts n;
  for (const T e : t.state().slots) {
    const int kind = std::fpclassify(e);
    n.denormal += kind == FP_SUBNORMAL;
    n.positive += kind == FP_NORMAL;
    n.other += kind != FP_SUBNORMAL && kind != FP_NORMAL && kind != FP_ZERO;
  }
  return n;
}

using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.5}>;
using averages = tl::adam_with<tl::adam_settings{.beta1 = 0.5, .beta2 = 0.6}>;

template <class Optimizer, class T, class... Options>
void check() {
  const counts early = after<Optimizer, T, Options...>(20);
  // Long enough for either format: 2^-1074 is 1074 halvings, 0.6^1500 is below it.
  const counts late = after<Optimizer, T, Options...>(1600);
  CHECK(early.denormal == 0);
  CHECK(late.denormal == 0);
  CHECK(late.other == 0);
  CHECK(late.positive > 0);
  CHECK(early.positive >= late.positive + 20);  // the weights of the silent input
}

}  // namespace

TEST_CASE("moments of a gradient that stays 0 decay to 0", "[run]") {
  check<momentum, float>();
  check<averages, float>();
  check<averages, double>();
}

TEST_CASE("so they do where threads divide the steps", "[run]") {
  check<averages, float, tl::threads<2>>();
}
