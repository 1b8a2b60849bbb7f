// MNIST: 28 x 28 pixels, 784-128-64-10.
#include "training.hpp"

namespace digits {

namespace {

struct mnist
    : tl::sequential<tl::input<784>, tl::named<"fc1", tl::dense<128>>, tl::relu,
                     tl::named<"fc2", tl::dense<64>>, tl::relu, tl::named<"fc3", tl::dense<10>>> {};

}  // namespace

void train_mnist(const tl::train_test<float>& data, const settings& s) { train<mnist>(data, s); }

}  // namespace digits
