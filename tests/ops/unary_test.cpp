// Every unary operation against PyTorch: value and derivative on scalars and on every vector type.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <golden/elementwise.hpp>
#include <simd/every_vector.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace pytorch = golden::elementwise;

namespace {

/// Body(V) of one number, in every lane; the lanes must agree.
template <class V, class Body>
double every_lane(double x, Body body) {
  using T = tl::scalar_of<V>;
  constexpr std::size_t width = tl::lane_width<V>;
  const V y = body(V(static_cast<T>(x)));
  T lane[width];
  std::memcpy(lane, &y, sizeof(lane));
  for (std::size_t i = 1; i < width; ++i) CHECK(std::memcmp(&lane[0], &lane[i], sizeof(T)) == 0);
  return static_cast<double>(lane[0]);
}

template <class Op, class V, std::size_t N>
void check(const char* name, const std::array<double, N>& points,
           const std::array<double, N>& value, const std::array<double, N>& derivative,
           double rounding = 0, double coarse = 0) {
  using T = tl::scalar_of<V>;
  const double tolerance = coarse + (sizeof(T) == 4 ? 2e-6 : 2e-14);
  for (std::size_t i = 0; i < N; ++i) {
    INFO(name << " at " << points[i]);
    const double y = every_lane<V>(points[i], [](V x) { return Op::forward(x); });
    const double dx =
        every_lane<V>(points[i], [](V x) { return Op::backward(V(T(1)), x, Op::forward(x)); });
    // Single precision sees another point, up to half a unit in its last place away.
    const double moved = sizeof(T) == 4 ? 6e-8 * std::abs(points[i] * derivative[i]) : 0;
    CHECK(y == Approx(value[i]).epsilon(tolerance).margin(tolerance + moved));
    CHECK(dx == Approx(derivative[i]).epsilon(20 * tolerance).margin(tolerance + rounding));
  }
}

/// The same for operations without a gradient.
template <class Op, class V, std::size_t N>
void check_value(const char* name, const std::array<double, N>& points,
                 const std::array<double, N>& value) {
  for (std::size_t i = 0; i < N; ++i) {
    INFO(name << " at " << points[i]);
    CHECK(every_lane<V>(points[i], [](V x) { return Op::forward(x); }) == value[i]);
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("activations with straight pieces", "", tests::every_vector) {
  check<tl::relu, TestType>("relu", pytorch::points, pytorch::relu_value, pytorch::relu_derivative);
  check<tl::leaky_relu<>, TestType>("leaky_relu", pytorch::points, pytorch::leaky_relu_value,
                                    pytorch::leaky_relu_derivative);
  check<tl::softsign, TestType>("softsign", pytorch::points, pytorch::softsign_value,
                                pytorch::softsign_derivative);
  // PyTorch keeps this slope, 1 / 6, in single precision.
  check<tl::hard_sigmoid, TestType>("hard_sigmoid", pytorch::points, pytorch::hard_sigmoid_value,
                                    pytorch::hard_sigmoid_derivative, 6e-9);
  check<tl::hard_tanh, TestType>("hard_tanh", pytorch::points, pytorch::hard_tanh_value,
                                 pytorch::hard_tanh_derivative);
  check<tl::abs, TestType>("abs", pytorch::points, pytorch::abs_value, pytorch::abs_derivative);
  check<tl::square, TestType>("square", pytorch::points, pytorch::square_value,
                              pytorch::square_derivative);
}

TEMPLATE_LIST_TEST_CASE("smooth activations", "", tests::every_vector) {
  check<tl::elu<>, TestType>("elu", pytorch::points, pytorch::elu_value, pytorch::elu_derivative);
  check<tl::selu, TestType>("selu", pytorch::points, pytorch::selu_value, pytorch::selu_derivative);
  check<tl::gelu, TestType>("gelu", pytorch::points, pytorch::gelu_value, pytorch::gelu_derivative);
  check<tl::gelu_tanh, TestType>("gelu_tanh", pytorch::points, pytorch::gelu_tanh_value,
                                 pytorch::gelu_tanh_derivative);
  check<tl::silu, TestType>("silu", pytorch::points, pytorch::silu_value, pytorch::silu_derivative);
  check<tl::softplus, TestType>("softplus", pytorch::points, pytorch::softplus_value,
                                pytorch::softplus_derivative);
  check<tl::sigmoid, TestType>("sigmoid", pytorch::points, pytorch::sigmoid_value,
                               pytorch::sigmoid_derivative);
  check<tl::tanh, TestType>("tanh", pytorch::points, pytorch::tanh_value, pytorch::tanh_derivative);
  check<tl::mish, TestType>("mish", pytorch::points, pytorch::mish_value, pytorch::mish_derivative);
}

TEMPLATE_LIST_TEST_CASE("cheaper forms, to the bounds stated", "", tests::every_vector) {
  check<tl::tanh_fast, TestType>("tanh_fast", pytorch::points, pytorch::tanh_value,
                                 pytorch::tanh_derivative, 1.1e-4, 5.3e-5);
  check<tl::sigmoid_fast, TestType>("sigmoid_fast", pytorch::points, pytorch::sigmoid_value,
                                    pytorch::sigmoid_derivative, 0, 2.7e-5);
  check<tl::exp_fast, TestType>("exp_fast", pytorch::points, pytorch::exp_value,
                                pytorch::exp_derivative, 0, 4e-6);
}

TEMPLATE_LIST_TEST_CASE("exponentials", "", tests::every_vector) {
  check<tl::exp, TestType>("exp", pytorch::points, pytorch::exp_value, pytorch::exp_derivative);
  check<tl::expm1, TestType>("expm1", pytorch::points, pytorch::expm1_value,
                             pytorch::expm1_derivative);
  check<tl::erf, TestType>("erf", pytorch::points, pytorch::erf_value, pytorch::erf_derivative);
}

TEMPLATE_LIST_TEST_CASE("logarithms and roots", "", tests::every_vector) {
  check<tl::log, TestType>("log", pytorch::positive, pytorch::log_value, pytorch::log_derivative);
  check<tl::log1p, TestType>("log1p", pytorch::positive, pytorch::log1p_value,
                             pytorch::log1p_derivative);
  check<tl::sqrt, TestType>("sqrt", pytorch::positive, pytorch::sqrt_value,
                            pytorch::sqrt_derivative);
}

TEMPLATE_LIST_TEST_CASE("rounding", "", tests::every_vector) {
  check_value<tl::floor, TestType>("floor", pytorch::points, pytorch::floor_value);
  check_value<tl::ceil, TestType>("ceil", pytorch::points, pytorch::ceil_value);
  check_value<tl::round, TestType>("round", pytorch::points, pytorch::round_value);
  check_value<tl::trunc, TestType>("trunc", pytorch::points, pytorch::trunc_value);
  check_value<tl::sign, TestType>("sign", pytorch::points, pytorch::sign_value);
}

TEMPLATE_LIST_TEST_CASE("trigonometric functions", "", tests::every_vector) {
  check<tl::sin, TestType>("sin", pytorch::points, pytorch::sin_value, pytorch::sin_derivative);
  check<tl::cos, TestType>("cos", pytorch::points, pytorch::cos_value, pytorch::cos_derivative);
  check<tl::tan, TestType>("tan", pytorch::points, pytorch::tan_value, pytorch::tan_derivative);
  check<tl::atan, TestType>("atan", pytorch::points, pytorch::atan_value, pytorch::atan_derivative);
  check<tl::asin, TestType>("asin", pytorch::unit, pytorch::asin_value, pytorch::asin_derivative);
  check<tl::acos, TestType>("acos", pytorch::unit, pytorch::acos_value, pytorch::acos_derivative);
}

TEMPLATE_LIST_TEST_CASE("hyperbolic functions", "", tests::every_vector) {
  check<tl::sinh, TestType>("sinh", pytorch::points, pytorch::sinh_value, pytorch::sinh_derivative);
  check<tl::cosh, TestType>("cosh", pytorch::points, pytorch::cosh_value, pytorch::cosh_derivative);
  check<tl::asinh, TestType>("asinh", pytorch::points, pytorch::asinh_value,
                             pytorch::asinh_derivative);
  check<tl::atanh, TestType>("atanh", pytorch::unit, pytorch::atanh_value,
                             pytorch::atanh_derivative);
  check<tl::acosh, TestType>("acosh", pytorch::above_one, pytorch::acosh_value,
                             pytorch::acosh_derivative);
}

TEMPLATE_LIST_TEST_CASE("further activations", "", tests::every_vector) {
  check<tl::hard_swish, TestType>("hard_swish", pytorch::points, pytorch::hard_swish_value,
                                  pytorch::hard_swish_derivative);
  check<tl::celu<1.5>, TestType>("celu_1_5", pytorch::points, pytorch::celu_1_5_value,
                                 pytorch::celu_1_5_derivative);
  check<tl::thresholded_relu<>, TestType>("thresholded_relu", pytorch::points,
                                          pytorch::thresholded_relu_value,
                                          pytorch::thresholded_relu_derivative);
}
