#pragma once
// Convolutional nets for digits, each trained in a file of its own so that they are compiled at the
// same time.
#include "mnist/training.hpp"

namespace lenet {

namespace tl = tapeless;

void train_mnist(const tl::train_test<float>& data, const digits::settings& s);
void train_small(const tl::train_test<float>& data, const digits::settings& s);

}  // namespace lenet
