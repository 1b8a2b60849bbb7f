// The step law for every family of activations, several of them in one network.

#include <laws/step_law.hpp>

namespace {

namespace tl = tapeless;
using laws::check_steps;

/// Short layers, each with another activation.
template <class... Activations>
struct through;
template <class A, class B, class C, class D, class E>
struct through<A, B, C, D, E> : tl::sequential<tl::input<5>, tl::dense<6>, A, tl::dense<5>, B,
                                               tl::dense<6>, C, tl::dense<7>, D, tl::dense<5>, E> {
};

struct piecewise
    : through<tl::relu, tl::leaky_relu<0.1>, tl::hard_tanh, tl::hard_sigmoid, tl::elu<0.7>> {};
struct logistic : through<tl::sigmoid, tl::silu, tl::softplus, tl::mish, tl::tanh> {};
struct normal : through<tl::gelu, tl::gelu_tanh, tl::selu, tl::erf, tl::softsign> {};
struct cheaper : through<tl::tanh_fast, tl::sigmoid_fast, tl::exp_fast, tl::square, tl::abs> {};
struct further
    : through<tl::sin, tl::celu<1.5>, tl::hard_swish, tl::thresholded_relu<0.2>, tl::atan> {};
struct normalized
    : tl::sequential<tl::input<5>, tl::dense<18>, tl::softmax, tl::dense<4>, tl::log_softmax> {};

constexpr auto features = tl::lane_axis::features, samples = tl::lane_axis::samples;

}  // namespace

TEST_CASE("the step law for piecewise activations") {
  check_steps<laws::three_steps, double, piecewise, tl::mse, tl::sgd, tl::batch<3>>();
}
TEST_CASE("the step law for logistic activations") {
  check_steps<laws::three_steps, double, logistic, tl::mse, tl::sgd, tl::batch<8>,
              tl::lanes_over<samples>>();
}
TEST_CASE("the step law for activations of the normal distribution") {
  check_steps<laws::three_steps, double, normal, tl::mse, tl::sgd, tl::batch<3>,
              tl::lanes_over<features>>();
}
TEST_CASE("the step law for cheaper forms") {
  check_steps<laws::one_step, double, cheaper, tl::mse, tl::sgd, tl::batch<3>>();
}
TEST_CASE("the step law for further functions as layers") {
  check_steps<laws::three_steps, double, further, tl::mse, tl::sgd, tl::batch<8>>();
}
TEST_CASE("the step law for softmax and its logarithm") {
  check_steps<laws::three_steps, double, normalized, tl::mse, tl::sgd>();
  check_steps<laws::three_steps, double, normalized, tl::mse, tl::sgd, tl::batch<5>>();
  check_steps<laws::one_step, float, normalized, tl::mse, tl::sgd, tl::batch<5>>();
}
