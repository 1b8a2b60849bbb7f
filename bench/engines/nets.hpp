#pragma once
// The contest's networks as Tapeless declares them.
#include "tapeless.hpp"

namespace contest {

struct a : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};
struct b_logits : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu,
                                 tl::dense<32>, tl::relu, tl::dense<5>> {};
struct b : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu,
                          tl::dense<32>, tl::relu, tl::dense<5>, tl::softmax> {};
struct c : tl::sequential<tl::input<784>, tl::dense<128>, tl::relu, tl::dense<64>, tl::relu,
                          tl::dense<10>> {};
struct d : tl::sequential<tl::input<24>, tl::dense<64>, tl::tanh, tl::dense<64>, tl::tanh,
                          tl::dense<4>> {};
struct d_fast : tl::sequential<tl::input<24>, tl::dense<64>, tl::tanh_fast, tl::dense<64>,
                               tl::tanh_fast, tl::dense<4>> {};

}  // namespace contest
