// Parameters moved between networks by their paths, parts of networks, and running means.

#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct policy : tl::sequential<tl::input<20>, tl::dense<17>, tl::tanh, tl::dense<3>> {};
struct critic : tl::sequential<tl::input<20>, tl::dense<5>, tl::tanh, tl::dense<1>> {};
struct both : tl::network<both> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 20);
    const tl::value scale = g.parameter("scale", 3);
    return tl::math::concat(
        g.layer<policy>("actor", x) * scale,
        tl::math::concat(g.layer<critic>("q", x), g.layer<critic>("q_target", x)));
  }
};
/// The paths of policy with weights that are no layer's, and so lie in another order.
struct by_hand : tl::network<by_hand> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value b2 = g.parameter("2.bias", 3), w2 = g.parameter("2.weight", tl::shape{3, 17});
    const tl::value h = tl::math::tanh(
        tl::math::matmul(g.parameter("0.weight", tl::shape{17, 20}), g.input("x", 20)) +
        g.parameter("0.bias", 17));
    return tl::math::matmul(w2, h) + b2;
  }
};

/// Kernels of convolutions, whose weights lie by the axis of outputs.
struct windows : tl::sequential<tl::input<2, 9, 9>, tl::conv2d<17, 3>, tl::relu, tl::flatten> {};
struct other_windows
    : tl::sequential<tl::input<2, 5, 5>, tl::conv2d<17, 3>, tl::tanh, tl::flatten> {};
struct windows_by_hand : tl::network<windows_by_hand> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value w = g.parameter("0.weight", tl::shape{17, 2, 3, 3});
    return tl::math::sum(g.input("x", 1) * tl::math::sum(w)) *
           tl::math::sum(g.parameter("0.bias", 17));
  }
};

template <class Net, class T = float>
constexpr tl::parameters<Net, T> numbered(double start) {
  tl::parameters<Net, T> theta;
  int n = 0;
  for (int t = 0; t < theta.tensors().length(); ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e)
      theta.set(t, e, static_cast<T>(start + ++n));
  return theta;
}

/// Whether both have equal numbers for each parameter of `a`, by path, behind a prefix in `b`.
template <class A, class B>
void check_equal(const A& a, const B& b, std::string_view prefix) {
  for (int t = 0; t < a.tensors().length(); ++t) {
    tl::path name{prefix};
    const int other = b.tensors().find(name.join(a.tensors()[t].name.view()).view());
    REQUIRE(other >= 0);
    for (int e = 0; e < a.tensors().of[t].dims.count(); ++e) CHECK(a.get(t, e) == b.get(other, e));
  }
}

template <class Net>
bool padding_is_zero(const tl::parameters<Net>& theta) {
  auto copy = theta;
  for (int t = 0; t < copy.tensors().length(); ++t)
    for (int e = 0; e < copy.tensors().of[t].dims.count(); ++e) copy.set(t, e, 0);
  for (const float v : copy.data)
    if (v != 0) return false;
  return true;
}

}  // namespace

TEST_CASE("parameters are copied between networks and parts by path") {
  auto all = numbered<both>(0);
  auto pi = numbered<policy>(1000);
  CHECK(tl::copy_parameters(tl::part<"actor">(all), pi) == 4);
  check_equal(pi, all, "actor");
  CHECK(padding_is_zero(pi));

  pi = numbered<policy>(5000);
  const auto before = all;
  CHECK(tl::copy_parameters(pi, tl::part<"actor">(all)) == 4);
  check_equal(pi, all, "actor");
  CHECK(padding_is_zero(all));
  for (int t = 0; t < all.tensors().length(); ++t)
    if (!all.tensors()[t].name.starts_with("actor."))
      for (int e = 0; e < all.tensors().of[t].dims.count(); ++e)
        CHECK(all.get(t, e) == before.get(t, e));

  // Another order and another layout of the same paths.
  {
    tl::parameters<by_hand> other{};
    CHECK(tl::copy_parameters(pi, other) == 4);
    check_equal(pi, other, "");
    tl::parameters<policy> back{};
    CHECK(tl::copy_parameters(other, back) == 4);
    check_equal(pi, back, "");
    CHECK(padding_is_zero(other));
  }
  const auto kernels = numbered<windows>(0);
  tl::parameters<other_windows> same{};
  CHECK(tl::copy_parameters(kernels, same) == 2);
  check_equal(kernels, same, "");
  tl::parameters<windows_by_hand> plain{};
  CHECK(tl::copy_parameters(kernels, plain) == 2);
  check_equal(kernels, plain, "");
  CHECK(padding_is_zero(plain));

  // Another scalar type, and a part of one layer.
  tl::parameters<policy, double> wide{};
  CHECK(tl::copy_parameters(pi, wide) == 4);
  check_equal(pi, wide, "");
  tl::parameters<policy> one{};
  CHECK(tl::copy_parameters(tl::part<"actor.0">(all), tl::part<"0">(one)) == 2);
  CHECK(one.view<"0.weight">()(16, 19) == pi.view<"0.weight">()(16, 19));
  CHECK(one.view<"2.weight">()(0, 0) == 0);
  CHECK(tl::copy_parameters(tl::part<"actor">(std::as_const(all)), one) == 4);
}

TEST_CASE("a part is a view") {
  auto all = numbered<both>(0);
  const auto actor = tl::part<"actor">(all);
  static_assert(actor.count == 4);
  actor.view<"0.weight">()(2, 3) = -7;
  CHECK(all.view<"actor.0.weight">()(2, 3) == -7);
  CHECK(tl::part<"actor.2">(std::as_const(all)).view<"bias">()[1] == all.view<"actor.2.bias">()[1]);
  // "q" is not the beginning of "q_target".
  CHECK(tl::part<"q">(all).count == 4);
}

TEST_CASE("soft updates of target networks") {
  auto all = numbered<both>(0);
  const auto before = all;
  CHECK(tl::polyak_update(tl::part<"q">(all), tl::part<"q_target">(all), 0.25) == 4);
  for (int e = 0; e < 100; ++e) {
    const auto q = before.view<"q.0.weight">()[e], target = before.view<"q_target.0.weight">()[e];
    CHECK(all.view<"q_target.0.weight">()[e] == Approx(target + 0.25f * (q - target)));
    CHECK(all.view<"q.0.weight">()[e] == q);
  }
  tl::polyak_update(tl::part<"q">(all), tl::part<"q_target">(all), 1);
  for (int e = 0; e < 100; ++e)
    CHECK(all.view<"q_target.0.weight">()[e] == before.view<"q.0.weight">()[e]);
  auto target = numbered<critic>(0);
  tl::polyak_update(numbered<critic>(3), target, 0);
  check_equal(target, numbered<critic>(0), "");
  static_assert([] {
    auto a = numbered<critic>(0);
    return tl::polyak_update(numbered<critic>(4), a, 0.5) == 4 && a.get(0, 0) == 3;
  }());
}

TEST_CASE("running means of weights are those of PyTorch") {
  struct line : tl::sequential<tl::input<2>, tl::dense<1>> {};
  const auto weights = [](int k) {
    tl::parameters<line> w{};
    w.assign<"0.weight">({static_cast<float>(k) + 0.25f, -2.0f / static_cast<float>(k)});
    w.assign<"0.bias">({0.5f * static_cast<float>(k * k)});
    return w;
  };
  // torch.optim.swa_utils.AveragedModel (2.15) after the four weights of this function.
  const auto check = [&](tl::weight_average<line> a, float w0, float w1, float b) {
    for (int k = 1; k <= 4; ++k) {
      a.update(weights(k));
      if (k == 1) check_equal(a.parameters(), weights(1), "");
    }
    CHECK(a.updates() == 4);
    CHECK(a.parameters().get(0, 0) == Approx(w0).epsilon(1e-6));
    CHECK(a.parameters().get(0, 1) == Approx(w1).epsilon(1e-6));
    CHECK(a.parameters().get(1, 0) == Approx(b).epsilon(1e-6));
  };
  check(tl::weight_average<line>{0.9}, 0x1.cf9db4p+0f, -0x1.a624dcp+0f, 0x1.bb4396p+0f);
  check(tl::weight_average<line>::equal_average(), 0x1.6p+1f, -0x1.0aaaaap+0f, 0x1.ep+1f);
  check(tl::weight_average<line>{0.3}, 0x1.ea9fbep+1f, -0x1.36c8b4p-1f, 0x1.abced8p+2f);
  static_assert(std::is_trivially_copyable_v<tl::weight_average<line>>);
  constexpr auto constant = [] {
    tl::weight_average<line> a{0.5};
    a.update(tl::init<line>(tl::seed{1}));
    a.update(tl::init<line>(tl::seed{1}));
    return a;
  }();
  check_equal(constant.parameters(), tl::init<line>(tl::seed{1}), "");
}
