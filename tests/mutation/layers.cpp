// Layers in a row: products with tails of lanes, softmax, states of optimizers, lanes over features
// and over samples.

#include <mutation/probe.hpp>

namespace {

using namespace mutation;

struct bounded : tl::sequential<tl::input<7>, tl::dense<19>, tl::tanh, tl::dense<3>, tl::softmax> {
};
struct narrow
    : tl::sequential<tl::input<21>, tl::dense<5>, tl::tanh, tl::dense<3>, tl::log_softmax> {};
struct wide : tl::sequential<tl::input<18>, tl::dense<37>, tl::tanh, tl::dense<21>, tl::tanh,
                             tl::dense<17>> {};
struct summed : tl::sequential<tl::input<18>, tl::dense<21>> {};

using momentum = tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>;
using three_states = tl::rmsprop_with<tl::rmsprop_settings{.momentum = 0.9, .centered = true}>;

}  // namespace

int main() {
  probe<bounded, tl::mse, momentum, tl::batch<5>, tl::lanes_over<tl::lane_axis::features>>::ask<
      steps | partial | losses | outputs | slopes>("bounded", 3);
  probe<narrow, tl::nll, three_states, tl::batch<1>>::ask<steps | slopes>("narrow", 1,
                                                                          targets::classes);
  probe<wide, tl::mse, tl::adam, tl::batch<16>, tl::lanes_over<tl::lane_axis::samples>>::ask<steps>(
      "wide, samples");
  probe<wide, tl::mse, tl::sgd, tl::batch<16>,
        tl::lanes_over<tl::lane_axis::features>>::ask<gradients>("wide, features");
  probe<summed, tl::mse, momentum, tl::batch<195>, tl::expand_as<tl::expansion::loops>>::ask<steps>(
      "rows of tiles");
  return result();
}
