#pragma once
// Networks that together have every activation, several of them in each.

#include <tapeless/tapeless.hpp>

namespace laws {

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
struct further
    : through<tl::sin, tl::celu<1.5>, tl::hard_swish, tl::thresholded_relu<0.2>, tl::atan> {};
struct normalized
    : tl::sequential<tl::input<5>, tl::dense<18>, tl::softmax, tl::dense<4>, tl::log_softmax> {};

}  // namespace laws
