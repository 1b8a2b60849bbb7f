#pragma once
// Networks that together have every activation, several of them in each.

#include <export/c_law.hpp>

namespace c_export {

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

inline constexpr auto samples = tl::lane_axis::samples;

}  // namespace c_export
