// Operations and layers of a user, outside the library's namespace: in sequences, in formulas, with
// gradients, with no registration.

#include <catch2/catch.hpp>
#include <cmath>
#include <laws/gradient_law.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace user {

/// y = x^2 / (1 + x^2).
struct bump {
  static constexpr const char* name = "bump";
  template <class V>
  static constexpr V forward(V x) {
    return x * x / (V(1) + x * x);
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    const V d = V(1) + x * x;
    return dy * (x + x) / (d * d);
  }
};

/// y = a b - b.
struct gate {
  static constexpr const char* name = "gate";
  static constexpr int arity = 2;
  template <class V>
  static constexpr V forward(V a, V b) {
    return a * b - b;
  }
  template <class V>
  static constexpr tl::gradients<V, 2> backward(V dy, V a, V b, V) {
    return {dy * b, dy * (a - V(1))};
  }
};

/// y = s x + s^2, with one learnt number per feature.
struct scale {
  static constexpr tl::value lower(tl::graph& g, tl::value x) {
    const tl::value s = g.parameter("scale", x.dims(), tl::initializer{});
    return s * x + tl::math::square(s);
  }
};

struct net : tl::sequential<tl::input<3>, scale, bump, tl::named<"again", scale>> {};

struct formula : tl::network<formula> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3});
    return tl::apply<gate>(tl::apply<bump>(x), x);
  }
};

}  // namespace user

static_assert(tl::parameters<user::net>::tensors()[0].name.view() == "0.scale");
static_assert(tl::parameters<user::net>::tensors()[1].name.view() == "again.scale");

TEST_CASE("a user's operations obey the gradient law") {
  laws::check_gradients<
      laws::law_case<"bump", [](tl::value x) { return tl::apply<user::bump>(x); },
                     laws::operand{tl::shape{5}, true}>,
      laws::law_case<"gate", [](tl::value a, tl::value b) { return tl::apply<user::gate>(a, b); },
                     laws::operand{tl::shape{5}, true}, laws::operand{tl::shape{5}}>>();
}

TEST_CASE("a user's operation in a formula") {
  const std::array<float, 3> x{0.5f, -2, 3};
  const auto y = tl::forward<user::formula>(tl::parameters<user::formula>{}, x);
  for (std::size_t i = 0; i < 3; ++i) {
    const double b = x[i] * x[i] / (1 + x[i] * x[i]);
    CHECK(y[i] == Approx(b * x[i] - x[i]).epsilon(1e-6));
  }
}

TEST_CASE("a user's layer and operation in a sequence") {
  tl::parameters<user::net, double> theta;
  const std::array<double, 3> x{0.5, -2, 3}, target{0.1, 0.2, 0.3};
  for (int i = 0; i < 3; ++i) {
    theta.set(0, i, 0.5 * i - 0.7);
    theta.set(1, i, 0.9 - 0.4 * i);
  }
  const auto r = tl::value_and_grad<user::net, tl::mse>(theta, x, target);
  const double h = 1e-6;
  for (int t = 0; t < 2; ++t)
    for (int i = 0; i < 3; ++i) {
      auto moved = theta;
      moved.set(t, i, theta.get(t, i) + h);
      const double above = tl::value_and_grad<user::net, tl::mse>(moved, x, target).loss;
      moved.set(t, i, theta.get(t, i) - h);
      const double below = tl::value_and_grad<user::net, tl::mse>(moved, x, target).loss;
      CHECK(r.gradient.get(t, i) == Approx((above - below) / (2 * h)).margin(1e-8));
    }
}
