#pragma once
// The networks of scripts/c_speed.sh.

#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::tanh, tl::dense<1>, tl::sigmoid> {};
struct classifier : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu,
                                   tl::dense<32>, tl::relu, tl::dense<5>, tl::softmax> {};
struct digits : tl::sequential<tl::input<784>, tl::dense<128>, tl::relu, tl::dense<64>, tl::relu,
                               tl::dense<10>> {};
