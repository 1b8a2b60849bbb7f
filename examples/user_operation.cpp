// An activation, a layer, a loss and an optimizer of one's own: each is one struct beside the
// network.
#include <fmt/format.h>

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

/// y = x^2 for x > 0, else 0. One body for scalars, vectors and graph nodes.
struct squared_relu {
  static constexpr const char* name = "squared_relu";
  static constexpr double flops = 2;  // per element, for cost reports

  template <class V>
  static constexpr V forward(V x) {
    const V positive = tl::math::max(x, V(0));
    return positive * positive;
  }
  /// The gradient of the operand from that of the result, dy.
  template <class V>
  static constexpr V backward(V dy, V x, V) {
    return dy * (tl::math::max(x, V(0)) * V(2));
  }
};

/// y = sqrt(a^2 + b^2), two operands: the gradients in their order.
struct hypotenuse {
  static constexpr const char* name = "hypotenuse";
  static constexpr int arity = 2;
  static constexpr double flops = 4;

  template <class V>
  static constexpr V forward(V a, V b) {
    return tl::math::sqrt(a * a + b * b);
  }
  template <class V>
  static constexpr tl::gradients<V, 2> backward(V dy, V a, V b, V y) {
    return {{dy * a / y, dy * b / y}};
  }
};

/// y = x times a learnt factor per element. A layer is a composition and has no backward.
struct scale {
  static constexpr tl::value lower(tl::graph& g, tl::value x) {
    const tl::initializer ones{[](tl::generator&, const tl::initializer&) { return 1.0; }};
    return x * g.parameter("factor", x.dims(), ones);
  }
};

/// log(cosh(y - t)), smooth near 0 and linear far away.
struct log_cosh {
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    const tl::value d = tl::math::abs(y - t);
    return tl::math::sum(d + tl::math::log1p(tl::math::exp(tl::value{-2.0} * d)) -
                         tl::value{0.6931471805599453});
  }
};

/// w = w - learning_rate sign(g).
struct sign_descent {
  struct options {
    double learning_rate = 0.01;
  };
  struct progress {};
  static constexpr int states = 0;
  static constexpr int scalars = 1;

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

struct net : tl::sequential<tl::input<3>, tl::dense<8>, squared_relu, scale, tl::dense<2>> {};

/// Operations record themselves where they meet graph values.
struct distance : tl::network<distance> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2});
    return tl::apply<hypotenuse>(tl::math::slice(x, 0, 0, 1), tl::math::slice(x, 0, 1, 1));
  }
};
static_assert(tl::forward<distance>(tl::parameters<distance>{}, std::array{3.0f, 4.0f})[0] == 5);

}  // namespace

int main() {
  fmt::print("hypotenuse of 3 and 4: {}\n",
             tl::forward<distance>(tl::parameters<distance>{}, std::array{3.0f, 4.0f})[0]);

  // Finite differences in double check the gradient of any composition.
  auto theta = tl::init<net, tl::as_declared, double>(tl::seed{1});
  const std::array<double, 3> x{0.3, -0.7, 0.5};
  const std::array<double, 2> t{1, -1};
  const auto [loss, gradient] = tl::value_and_grad<net, log_cosh>(theta, x, t);
  double worst = 0;
  for (int i = 0; i < theta.tensors().count; ++i)
    for (int e = 0; e < theta.tensors()[i].dims.count(); ++e) {
      const double w = theta.get(i, e), h = 1e-6;
      theta.set(i, e, w + h);
      const double up = tl::value_and_grad<net, log_cosh>(theta, x, t).loss;
      theta.set(i, e, w - h);
      const double down = tl::value_and_grad<net, log_cosh>(theta, x, t).loss;
      theta.set(i, e, w);
      worst = std::max(worst, tl::math::abs((up - down) / (2 * h) - gradient.get(i, e)));
    }
  fmt::print("gradient against differences: {}\n", worst < 1e-8 ? "equal to 1e-8" : "differs");

  tl::trainer<net, log_cosh, sign_descent, tl::scalar_type<double>> trainer{
      theta, {.learning_rate = 0.002}};
  for (int i = 0; i < 100; ++i) trainer.step(x.data(), t.data());
  fmt::print("loss before {:.4f}, after 100 steps {:.4f}\n", loss,
             trainer.loss(x.data(), t.data()));
  return worst < 1e-8 ? 0 : 1;
}
