#pragma once
// ResNet-8, as MLPerf Tiny has it for images: three residual blocks of 16, 32 and 64 channels, with
// batch normalisation. Its step is compiled in step.cpp, its forward pass in predict.cpp; the rest
// of the example includes neither kernels of the one nor of the other.
#include "../../bench/space/nets.hpp"

namespace image {

namespace tl = tapeless;

using net = space_nets::resnet8<true>;
using parameters = tl::parameters<net>;
using optimizer = tl::sgd_with<tl::sgd_settings{.momentum = 0.9, .weight_decay = 5e-4}>;
using trainer = tl::trainer<net, tl::cross_entropy, optimizer, tl::batch<32>>;

/// One update from a batch of pictures and classes; its mean loss.
float step(trainer& t, const float* xs, const float* ys);

/// A score per class for `count` pictures.
void predict(const parameters& theta, const float* xs, float* scores, int count);

}  // namespace image
