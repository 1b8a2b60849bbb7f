// MNIST, 28 x 28 pixels: LeNet-5 with ReLU and maximum pools.
#include "lenet/nets.hpp"

namespace lenet {

namespace {

struct net
    : tl::sequential<tl::input<1, 28, 28>,
                     tl::named<"conv1", tl::conv2d<6, tl::kernel{.size = 5, .padding = 2}>>,
                     tl::relu, tl::max_pool2d<2>, tl::named<"conv2", tl::conv2d<16, 5>>, tl::relu,
                     tl::max_pool2d<2>, tl::flatten, tl::named<"fc1", tl::dense<120>>, tl::relu,
                     tl::named<"fc2", tl::dense<84>>, tl::relu, tl::named<"fc3", tl::dense<10>>> {
};

}  // namespace

void train_mnist(const tl::train_test<float>& data, const digits::settings& s) {
  digits::train<net>(data, s);
}

}  // namespace lenet
