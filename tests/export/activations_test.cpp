// The export law for every activation, several of them in one network, forward and trained.

#include <export/c_law.hpp>

namespace {

namespace tl = tapeless;

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
struct normalized
    : tl::sequential<tl::input<5>, tl::dense<18>, tl::softmax, tl::dense<4>, tl::log_softmax> {};

constexpr auto samples = tl::lane_axis::samples;

}  // namespace

TEST_CASE("exported activations in double") {
  c_export::law law;
  law.training<double, piecewise, tl::mse, tl::sgd, tl::batch<3>>();
  law.training<double, logistic, tl::mse, tl::sgd, tl::batch<8>, tl::lanes_over<samples>>();
  law.training<double, normal, tl::mse, tl::sgd, tl::batch<3>>();
  law.training<double, cheaper, tl::mse, tl::sgd>();
  law.training<double, normalized, tl::mse, tl::sgd>();
  law.training<double, normalized, tl::mse, tl::sgd, tl::batch<5>>();
  law.check();
}

TEST_CASE("exported activations in float") {
  c_export::law law;
  law.training<float, piecewise, tl::mse, tl::sgd, tl::batch<3>>();
  law.training<float, logistic, tl::mse, tl::sgd>();
  law.training<float, normal, tl::mse, tl::sgd, tl::batch<3>>();
  law.forward<float, cheaper>();
  law.training<float, normalized, tl::mse, tl::sgd>();
  law.check();
}
