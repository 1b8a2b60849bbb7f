#pragma once
// DS-CNN, as MLPerf Tiny has it for keywords: one convolution and four depthwise separable ones of
// 64 channels, with batch normalisation. Its step is compiled in train.cpp, its forward pass,
// without the normalisation, in predict.cpp.
#include <functional>
#include <memory>

#include "../../bench/space/nets.hpp"
#include "keyword/words.hpp"
#include "training/loop.hpp"

namespace keyword {

using net = space_nets::ds_cnn<true>;
using parameters = tl::parameters<net>;
static_assert(tl::input_size<net> == inputs && tl::output_size<net> == classes);

/// Trains from random weights; `report` gets each epoch with the weights as they are then.
std::unique_ptr<parameters> train(
    const tl::dataset<float>& data, const training::plan& plan,
    const std::function<void(const training::epoch&, const parameters&)>& report);

/// A score per class for all rows.
std::vector<float> predict(const parameters& theta, const tl::dataset<float>& data);

}  // namespace keyword
