// The text of exported files: names, embedded parameters, choices, operations of a user.

#include <export/c_law.hpp>
#include <sstream>

namespace {

namespace tl = tapeless;
using Catch::Matchers::Contains;

struct bare : tl::sequential<tl::input<3>, tl::tanh> {};
struct tiny : tl::sequential<tl::input<2>, tl::dense<4>, tl::relu, tl::dense<2>> {};
struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::tanh, tl::dense<1>, tl::sigmoid> {};

/// y = x^2 for x > 0, else 0.
struct squared_relu {
  static constexpr const char* name = "squared_relu";
  template <class V>
  static constexpr V forward(V x) {
    const V positive = tl::math::max(x, V(0));
    return positive * positive;
  }
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * (tl::math::max(x, V(0)) * V(2));
  }
};
/// y = factor x^degree, with attributes and a choice by two conditions.
struct power_law {
  static constexpr const char* name = "power_law";
  struct attributes {
    int degree;
    double factor;
  };
  template <class V>
  static constexpr V forward(V x, const attributes& a) {
    V y = tl::rounded<V>(a.factor);
    for (int i = 0; i < a.degree; ++i) y = y * x;
    return y;
  }
  template <class V>
  static constexpr V backward(V dy, V x, V, const attributes& a) {
    V y = tl::rounded<V>(a.factor * a.degree);
    for (int i = 1; i < a.degree; ++i) y = y * x;
    return dy * y;
  }
};
/// An optimizer of one's own, whose numbers never change.
struct sign_descent {
  struct options {
    double learning_rate = 0.01;
  };
  struct progress {};
  static constexpr int states = 0, scalars = 1;
  static constexpr void advance(const options& o, progress&, double* scalar) {
    scalar[0] = o.learning_rate;
  }
  static constexpr tl::update step(tl::value w, tl::value g, const tl::value*,
                                   const tl::value* scalar) {
    const tl::value up = tl::math::select(g < tl::value{0.0}, scalar[0], tl::value{0.0});
    const tl::value down = tl::math::select(g > tl::value{0.0}, scalar[0], tl::value{0.0});
    return {w + up - down, {}};
  }
};
struct cubed {
  static constexpr tl::value lower(tl::graph&, tl::value x) {
    return tl::apply_with<power_law>({.degree = 3, .factor = 0.5}, x);
  }
};
struct own : tl::sequential<tl::input<3>, tl::dense<8>, squared_relu, tl::dense<4>, cubed> {};

}  // namespace

TEST_CASE("operations and optimizers of a user export without further code") {
  c_export::law law;
  law.training<double, own, tl::mse, sign_descent, tl::batch<3>>();
  law.training<float, own, tl::mse, tl::sgd>();
  law.check();
}

TEST_CASE("a network without parameters exports, trained too") {
  c_export::law law;
  law.training<double, bare, tl::mse, tl::rmsprop, tl::batch<3>>();
  law.training<float, bare, tl::mse, tl::sgd>();
  law.check();
  const c_export::library c{tl::c_source<bare>(tl::parameters<bare>{}), c_export::compilers()[0]};
  c.function<void(const float*, float*)>("bare_forward");
}

TEST_CASE("the parameters of a file are exact") {
  const auto theta = tl::init<circle>(tl::seed{3});
  const c_export::library c{tl::c_source<circle>(theta), c_export::compilers()[0]};
  const auto forward = c.function<void(const float*, float*)>("circle_forward");
  for (int i = 0; i < 5; ++i) {
    const std::array<float, 2> x{0.3f * static_cast<float>(i) - 0.5f, 0.7f};
    float y = 0;
    forward(x.data(), &y);
    CHECK(std::abs(y - tl::forward<circle>(theta, x)[0]) < 3e-7f);
  }
}

TEST_CASE("a file for training has the parameters it was written with") {
  const auto theta = tl::init<circle>(tl::seed{4});
  const c_export::library c{tl::c_training_source<circle, tl::bce, tl::adam>(theta),
                            c_export::compilers()[0]};
  const float* const weights = c.function<const float>("circle_weights");
  CHECK(std::equal(theta.data, theta.data + theta.size, weights));
}

TEST_CASE("a file is the same each time, and named after its network") {
  const std::string text = tl::c_source<circle>();
  CHECK(text == tl::c_source<circle>());
  CHECK_THAT(text, Contains("void circle_forward(const float* restrict theta, "
                            "const float* restrict x, float* restrict y);"));
  CHECK_THAT(text, Contains("CIRCLE_0_WEIGHT_STRIDE_1 = "));
  CHECK_THAT(text, Contains(fmt::format("Topology {:016x}", tl::topology_hash<circle>)));
  CHECK_THAT(tl::c_source<circle>({.prefix = "ring"}), Contains("void ring_forward("));
}

TEST_CASE("a small network has no loop beyond those that copy parameters") {
  const auto theta = tl::init<tiny>(tl::seed{3});
  CHECK_THAT(tl::c_source<tiny>(theta), !Contains("for ("));
  CHECK_THAT(tl::c_source<tiny>(theta, {.straight_budget = 0, .unroll_budget = 0}),
             Contains("for ("));
}

TEST_CASE("a file for training has the functions it is asked for") {
  const std::string text = tl::c_training_source<circle, tl::bce, tl::sgd>(
      {.forward = false, .loss = false, .gradient = true, .step = false});
  CHECK_THAT(text, Contains("circle_gradient("));
  CHECK_THAT(
      text, !Contains("circle_forward(") && !Contains("circle_loss(") && !Contains("circle_step("));
}

TEST_CASE("a prefix that is no identifier is refused") {
  CHECK_THROWS_WITH(tl::c_source<circle>({.prefix = "2nd"}), Contains("'2nd'"));
  CHECK_THROWS_WITH(tl::c_source<circle>({.prefix = "a-b"}), Contains("'a-b'"));
}

TEST_CASE("the declarations of a file alone serve another source") {
  const std::string text = tl::c_source<circle>(tl::init<circle>(tl::seed{3}));
  const c_export::library c{"#define CIRCLE_DECLARATIONS_ONLY\n" + text +
                                "int size(void);\nint size(void) { return CIRCLE_INPUTS; }\n",
                            c_export::compilers()[0]};
  CHECK(c.function<int()>("size")() == 2);
}
