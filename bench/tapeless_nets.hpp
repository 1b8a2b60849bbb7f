#pragma once
// The contest's networks as Tapeless declares them. Their engines are compiled in tapeless_*.cpp.
#include <tapeless/tapeless.hpp>

namespace contest {
namespace tl = tapeless;

struct a : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};
struct b : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu,
                          tl::dense<32>, tl::relu, tl::dense<5>, tl::softmax> {};
struct b_logits : tl::sequential<tl::input<16>, tl::dense<64>, tl::relu, tl::dense<32>, tl::relu,
                                 tl::dense<32>, tl::relu, tl::dense<5>> {};
struct c : tl::sequential<tl::input<784>, tl::dense<128>, tl::relu, tl::dense<64>, tl::relu,
                          tl::dense<10>> {};

using a_trainer = tl::trainer<a, tl::bce, tl::sgd, tl::batch<32>>;
using b_trainer = tl::trainer<b_logits, tl::cross_entropy, tl::sgd>;
using b_batch_trainer = tl::trainer<b_logits, tl::cross_entropy, tl::sgd, tl::batch<128>>;
using c_trainer = tl::trainer<c, tl::cross_entropy, tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>,
                              tl::batch<64>>;

void forward(const tl::parameters<a>& p, const float* x, float* y);
void forward(const tl::parameters<b>& p, const float* x, float* y);
void forward(const tl::parameters<c>& p, const float* x, float* y);
float step(a_trainer& t, const float* xs, const float* ys);
float step(b_trainer& t, const float* xs, const float* ys);
float step(b_batch_trainer& t, const float* xs, const float* ys);
float step(c_trainer& t, const float* xs, const float* ys);

}  // namespace contest
