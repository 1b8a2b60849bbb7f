// The forms of code: written out, functions that equal steps share, functions with run-time sizes.

#include <mutation/probe.hpp>

namespace {

using namespace mutation;

struct slopes_differ
    : tl::sequential<tl::input<20>, tl::dense<20>, tl::leaky_relu<0.1>, tl::dense<20>,
                     tl::leaky_relu<0.3>, tl::dense<20>, tl::leaky_relu<0.1>, tl::dense<11>> {};
struct sizes_differ : tl::sequential<tl::input<9>, tl::dense<22>, tl::tanh, tl::dense<13>, tl::tanh,
                                     tl::dense<3>, tl::log_softmax> {};

template <tl::expansion Policy, tl::lane_axis Axis>
using sizes = probe<sizes_differ, tl::nll, tl::sgd, tl::batch<5>, tl::expand_as<Policy>,
                    tl::lanes_over<Axis>>;

}  // namespace

int main() {
  probe<slopes_differ, tl::mse, tl::sgd, tl::batch<1>,
        tl::expand_as<tl::expansion::loops>>::ask<steps>("slopes differ");
  sizes<tl::expansion::full, tl::lane_axis::features>::ask<outputs>("written out", 5);
  sizes<tl::expansion::shared, tl::lane_axis::features>::ask<steps>("shared", 5, targets::classes);
  sizes<tl::expansion::shared, tl::lane_axis::samples>::ask<gradients>("shared, samples", 5,
                                                                       targets::classes);
  sizes<tl::expansion::loops, tl::lane_axis::samples>::ask<gradients>("loops, samples", 5,
                                                                      targets::classes);
  return result();
}
