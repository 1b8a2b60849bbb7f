// Operations of several operands, rows, and what becomes of NaN, infinities and zeros, as PyTorch.

#include <catch2/catch.hpp>
#include <cmath>
#include <golden/elementwise.hpp>
#include <golden/rows.hpp>
#include <limits>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace pytorch = golden::rows;

namespace {

/// Four rows of five: one sample each, the second operand as a parameter per row.
template <class Formula>
struct rows_net : tl::network<rows_net<Formula>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", tl::shape{4});
    const tl::value x = tl::math::matmul(a, g.parameter("rows", tl::shape{4, 5}, {}));
    const tl::value b = tl::math::matmul(a, g.parameter("other", tl::shape{4, 5}, {}));
    return Formula::of(x, b);
  }
};

/// The sum of outputs weighted by the targets: its gradient is the vector-Jacobian product.
struct weighted : tl::detail::elementwise_loss {
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(y * t);
  }
};

template <class Formula, std::size_t N>
void check(const std::array<double, N>& value, const std::array<double, 20>& da,
           const std::array<double, 20>* db = nullptr) {
  using net = rows_net<Formula>;
  constexpr int outputs = N / 4;
  tl::parameters<net, double> theta;
  for (int i = 0; i < 20; ++i) {
    theta.set(0, i, pytorch::rows[static_cast<std::size_t>(i)]);
    theta.set(1, i, pytorch::other[static_cast<std::size_t>(i)]);
  }
  double x[16] = {}, y[N], t[N];
  for (int s = 0; s < 4; ++s) x[5 * s] = 1;
  for (std::size_t i = 0; i < N; ++i) t[i] = pytorch::direction[outputs == 1 ? 5 * i : i];
  tl::forward<net, tl::batch<4>>(theta, static_cast<const double*>(x), y);
  const auto r = tl::value_and_grad<net, tl::summed<weighted>, tl::batch<4>>(
      theta, static_cast<const double*>(x), static_cast<const double*>(t));
  for (std::size_t i = 0; i < N; ++i) CHECK(y[i] == Approx(value[i]).epsilon(1e-13).margin(1e-300));
  for (std::size_t i = 0; i < 20; ++i) {
    INFO("element " << i);
    CHECK(r.gradient.get(0, static_cast<int>(i)) == Approx(da[i]).epsilon(1e-12).margin(1e-16));
    if (db != nullptr)
      CHECK(r.gradient.get(1, static_cast<int>(i)) == Approx((*db)[i]).epsilon(1e-13));
  }
}

struct softmax {
  static consteval tl::value of(tl::value x, tl::value) { return tl::math::softmax(x); }
};
struct log_softmax {
  static consteval tl::value of(tl::value x, tl::value) { return tl::math::log_softmax(x); }
};
struct minimum {
  static consteval tl::value of(tl::value x, tl::value b) { return tl::math::min(x, b); }
};
struct maximum {
  static consteval tl::value of(tl::value x, tl::value b) { return tl::math::max(x, b); }
};
struct where {
  static consteval tl::value of(tl::value x, tl::value b) {
    return tl::math::select(x > tl::value{0.0}, x, b);
  }
};
struct row_max {
  static consteval tl::value of(tl::value x, tl::value) { return tl::math::maximum(x); }
};
struct row_min {
  static consteval tl::value of(tl::value x, tl::value) { return -tl::math::maximum(-x); }
};

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("softmax of rows") {
  check<softmax>(pytorch::softmax_value, pytorch::softmax_vjp);
  check<log_softmax>(pytorch::log_softmax_value, pytorch::log_softmax_vjp);
}

TEST_CASE("choices between rows") {
  check<minimum>(pytorch::minimum_value, pytorch::minimum_gradient_a, &pytorch::minimum_gradient_b);
  check<maximum>(pytorch::maximum_value, pytorch::maximum_gradient_a, &pytorch::maximum_gradient_b);
  check<where>(pytorch::where_a_above_0_value, pytorch::where_a_above_0_gradient_a,
               &pytorch::where_a_above_0_gradient_b);
}

TEST_CASE("extremes of rows") {
  check<row_max>(pytorch::row_max_value, pytorch::row_max_gradient);
  check<row_min>(pytorch::row_min_value, pytorch::row_min_gradient);
}

TEST_CASE("powers") {
  namespace points = golden::elementwise;
  constexpr tl::pow::attributes a{1.7};
  for (std::size_t i = 0; i < points::positive.size(); ++i) {
    const double x = points::positive[i];
    CHECK(tl::pow::forward(x, a) == Approx(points::pow_1_7_value[i]).epsilon(1e-13));
    CHECK(tl::pow::backward(1.0, x, 0.0, a) ==
          Approx(points::pow_1_7_derivative[i]).epsilon(1e-13));
  }
}

TEST_CASE("infinities and zeros") {
  CHECK(tl::exp::forward(-inf) == 0);
  CHECK(tl::exp::forward(inf) == inf);
  CHECK(tl::expm1::forward(-inf) == -1);
  CHECK(tl::log::forward(0.0) == -inf);
  CHECK(tl::log::forward(inf) == inf);
  CHECK(std::isnan(tl::log::forward(-1.0)));
  CHECK(tl::log1p::forward(-1.0) == -inf);
  CHECK(tl::sqrt::forward(inf) == inf);
  CHECK(std::isnan(tl::sqrt::forward(-1.0)));
  CHECK(tl::tanh::forward(-inf) == -1);
  CHECK(tl::sigmoid::forward(-inf) == 0);
  CHECK(tl::sigmoid::forward(inf) == 1);
  CHECK(tl::erf::forward(inf) == 1);
  CHECK(tl::relu::forward(inf) == inf);
  CHECK(tl::relu::forward(-inf) == 0);
  CHECK(tl::softplus::forward(-inf) == 0);
  CHECK(tl::softplus::forward(inf) == inf);
  CHECK(tl::elu<>::forward(-inf) == -1);
  CHECK(tl::hard_tanh::forward(inf) == 1);
  CHECK(tl::hard_sigmoid::forward(-inf) == 0);
  CHECK(std::signbit(tl::tanh::forward(-0.0)));
  CHECK(std::signbit(tl::tanh_fast::forward(-0.0)));
  CHECK(tl::exp_fast::forward(-inf) == 0);
  CHECK(tl::exp_fast::forward(inf) == inf);
  CHECK(std::signbit(tl::erf::forward(-0.0)));
}

TEST_CASE("NaN differs from every number, in vectors of every width") {
  struct net : tl::network<net> {
    static consteval tl::value define(tl::graph& g) {
      const tl::value x = g.input("x", 19);
      return (x != x) + tl::math::select(x, tl::value{2.0}, tl::value{4.0});
    }
  };
  std::array<float, 19> x{};
  x.fill(static_cast<float>(no_number));
  for (const float y : tl::forward<net>(tl::parameters<net>{}, x)) CHECK(y == 3);
}

TEST_CASE("zero has the other sign behind a minus, in vectors of every width") {
  struct net : tl::network<net> {
    static consteval tl::value define(tl::graph& g) { return -g.input("x", 37); }
  };
  for (const float y : tl::forward<net>(tl::parameters<net>{}, std::array<float, 37>{}))
    CHECK(std::signbit(y));
}

TEST_CASE("remainders and their slopes take the same quotient") {
  // Quotients just below a whole number that floats round them to.
  for (const float b : {1.0000001f, 0.1f, 0.3f, 3.0f, 1e-3f})
    for (const int k : {1, 3, 7, 10, 1000, 65537}) {
      const float a = static_cast<float>(static_cast<double>(b) * k * (1 - 3e-8));
      INFO(a << " by " << b);
      const float y = tl::fmod::forward(a, b);
      const float slope = tl::fmod::backward(1.0f, a, b, y).d[1];
      CHECK(static_cast<double>(a) + static_cast<double>(slope) * static_cast<double>(b) ==
            Approx(static_cast<double>(y)).margin(1e-30));
    }
}

TEST_CASE("NaN stays NaN") {
  CHECK(std::isnan(tl::relu::forward(no_number)));
  CHECK(std::isnan(tl::leaky_relu<>::forward(no_number)));
  CHECK(std::isnan(tl::elu<>::forward(no_number)));
  CHECK(std::isnan(tl::gelu::forward(no_number)));
  CHECK(std::isnan(tl::silu::forward(no_number)));
  CHECK(std::isnan(tl::softplus::forward(no_number)));
  CHECK(std::isnan(tl::softsign::forward(no_number)));
  CHECK(std::isnan(tl::sigmoid::forward(no_number)));
  CHECK(std::isnan(tl::tanh::forward(no_number)));
  CHECK(std::isnan(tl::tanh_fast::forward(no_number)));
  CHECK(std::isnan(tl::sigmoid_fast::forward(no_number)));
  CHECK(std::isnan(tl::exp_fast::forward(no_number)));
  CHECK(std::isnan(tl::hard_tanh::forward(no_number)));
  CHECK(std::isnan(tl::hard_sigmoid::forward(no_number)));
  CHECK(std::isnan(tl::mish::forward(no_number)));
  CHECK(std::isnan(tl::exp::forward(no_number)));
  CHECK(std::isnan(tl::log::forward(no_number)));
  CHECK(std::isnan(tl::erf::forward(no_number)));
  CHECK(std::isnan(tl::max::forward(no_number, 1.0)));
  CHECK(std::isnan(tl::max::forward(1.0, no_number)));
  CHECK(std::isnan(tl::min::forward(no_number, 1.0)));
  CHECK(std::isnan(tl::min::forward(1.0, no_number)));
}
