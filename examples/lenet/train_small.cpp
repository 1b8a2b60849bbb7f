// The digits of scikit-learn, 8 x 8 pixels: one convolution and a pool.
#include "lenet/nets.hpp"

namespace lenet {

namespace {

struct net
    : tl::sequential<tl::input<1, 8, 8>,
                     tl::named<"conv", tl::conv2d<16, tl::kernel{.size = 3, .padding = 1}>>,
                     tl::relu, tl::max_pool2d<2>, tl::flatten, tl::named<"fc", tl::dense<10>>> {};

}  // namespace

void train_small(const tl::train_test<float>& data, const digits::settings& s) {
  digits::train<net>(data, s);
}

}  // namespace lenet
