// Random numbers and the parameters made of them: known values, moments, streams.

#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<40>, tl::dense<120>, tl::relu, tl::dense<30>> {};
struct longer : tl::sequential<tl::input<40>, tl::dense<120>, tl::relu, tl::dense<30>, tl::relu,
                               tl::dense<2>> {};

/// First numbers of SplitMix64, computed apart from this library.
constexpr bool splitmix() {
  tl::generator zero{tl::seed{0}}, other{tl::seed{1234567}};
  return zero.bits() == 0xe220a8397b1dcdafull && zero.bits() == 0x6e789e6aa1b965f4ull &&
         zero.bits() == 0x06c45d188009454full && other.bits() == 6457827717110365317ull &&
         other.bits() == 3203168211198807973ull && other.bits() == 9817491932198370423ull;
}
static_assert(splitmix());

struct moments {
  double mean = 0, deviation = 0, least = 1e9, greatest = -1e9;
};

/// Moments of one parameter.
template <class Net, class T>
moments of(const tl::parameters<Net, T>& theta, int tensor) {
  moments m;
  const int n = theta.tensors()[tensor].dims.count();
  for (int e = 0; e < n; ++e) {
    const double x = theta.get(tensor, e);
    m.mean += x / n;
    m.least = std::min(m.least, x);
    m.greatest = std::max(m.greatest, x);
  }
  for (int e = 0; e < n; ++e) m.deviation += std::pow(theta.get(tensor, e) - m.mean, 2) / n;
  m.deviation = std::sqrt(m.deviation);
  return m;
}

/// Weights have the wanted deviation within 4 standard errors, biases are 0.
template <class Scheme>
void check(double fan_variance[2], bool uniform) {
  const auto theta = tl::init<net, Scheme, double>(tl::seed{5});
  for (int layer = 0; layer < 2; ++layer) {
    const double wanted = std::sqrt(fan_variance[layer]);
    const int n = theta.tensors()[2 * layer].dims.count();
    const moments m = of(theta, 2 * layer);
    CHECK(std::abs(m.mean) < 4 * wanted / std::sqrt(n));
    CHECK(m.deviation == Approx(wanted).epsilon(4 / std::sqrt(2.0 * n)));
    const double bound = wanted * std::sqrt(3.0);
    CHECK((m.greatest <= bound && m.least >= -bound) == uniform);
    const moments b = of(theta, 2 * layer + 1);
    CHECK((b.least == 0 && b.greatest == 0));
  }
}

}  // namespace

TEST_CASE("schemes have their variances") {
  double glorot[] = {2.0 / 160, 2.0 / 150}, he[] = {2.0 / 40, 2.0 / 120},
         lecun[] = {1.0 / 40, 1.0 / 120};
  check<tl::glorot_uniform>(glorot, true);
  check<tl::glorot_normal>(glorot, false);
  check<tl::he_uniform>(he, true);
  check<tl::he_normal>(he, false);
  check<tl::lecun_uniform>(lecun, true);
  check<tl::lecun_normal>(lecun, false);
}

TEST_CASE("the default is PyTorch's: weights and biases uniform up to 1 / sqrt(fan_in)") {
  const auto theta = tl::init<net>(tl::seed{1});
  for (int t = 0; t < 4; ++t) {
    const double bound = 1 / std::sqrt(t < 2 ? 40.0 : 120.0);
    const moments m = of(theta, t);
    CHECK(m.greatest <= bound);
    CHECK(m.least >= -bound);
    CHECK(m.greatest > 0.8 * bound);
    CHECK(m.least < -0.8 * bound);
  }
}

TEST_CASE("fills") {
  CHECK(of(tl::init<net, tl::zeros>(tl::seed{1}), 0).greatest == 0);
  CHECK(of(tl::init<net, tl::constant_fill<0.25>>(tl::seed{1}), 0).least == 0.25);
  const moments m = of(tl::init<net, tl::uniform_fill<2.0, 3.0>>(tl::seed{1}), 0);
  CHECK((m.least >= 2 && m.greatest < 3));
  CHECK(of(tl::init<net, tl::normal_fill<5.0, 0.5>>(tl::seed{1}), 0).mean ==
        Approx(5).epsilon(0.01));
}

TEST_CASE("the same seed gives the same numbers, another seed or parameter does not") {
  const auto a = tl::init<net>(tl::seed{3}), b = tl::init<net>(tl::seed{3}),
             c = tl::init<net>(tl::seed{4});
  int differ = 0;
  for (int e = 0; e < 4800; ++e) {
    CHECK(a.get(0, e) == b.get(0, e));
    differ += a.get(0, e) != c.get(0, e);
  }
  CHECK(differ > 4700);
  CHECK(a.get(0, 0) / a.get(2, 0) != Approx(std::sqrt(3.0)));
}

TEST_CASE("another layer leaves the parameters before it as they were") {
  const auto a = tl::init<net>(tl::seed{3});
  const auto b = tl::init<longer>(tl::seed{3});
  for (int t = 0; t < 4; ++t)
    for (int e = 0; e < a.tensors()[t].dims.count(); ++e) CHECK(a.get(t, e) == b.get(t, e));
}

TEST_CASE("constant expressions draw the same numbers") {
  struct small : tl::sequential<tl::input<3>, tl::dense<2>> {};
  constexpr auto constant = tl::init<small, tl::he_normal>(tl::seed{9});
  const auto theta = tl::init<small, tl::he_normal>(tl::seed{9});
  for (int e = 0; e < 6; ++e) CHECK(theta.get(0, e) == Approx(constant.get(0, e)).epsilon(1e-6));
}

TEST_CASE("norms start as they say under every scheme") {
  struct normed : tl::sequential<tl::input<3, 4>, tl::conv1d<2, 3>, tl::batch_norm<>,
                                 tl::layer_norm<2>, tl::normalizer> {};
  const auto check = [](const tl::parameters<normed>& theta) {
    for (int t = 2; t < theta.tensors().count; ++t) {
      const std::string_view name = theta.tensors()[t].name.view();
      const bool one = name.ends_with("weight") || name.ends_with("var") || name.ends_with("scale");
      for (int e = 0; e < theta.tensors()[t].dims.count(); ++e) CHECK(theta.get(t, e) == float(one));
    }
  };
  check(tl::init<normed>(tl::seed{1}));
  check(tl::init<normed, tl::he_normal>(tl::seed{1}));
  check(tl::init<normed, tl::torch_linear>(tl::seed{1}));
  check(tl::init<normed, tl::zeros>(tl::seed{1}));
}
