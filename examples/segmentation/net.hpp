#pragma once
// A small U-Net: what the way down sees in detail is beside what the way up knows of the whole. Its
// step is compiled in train.cpp, its forward pass in predict.cpp.
#include <functional>
#include <memory>
#include <tapeless/tapeless.hpp>

#include "segmentation/scenes.hpp"
#include "training/loop.hpp"

namespace segmentation {

constexpr tl::kernel three{.size = 3, .padding = 1};
template <int Channels>
using block =
    tl::sequential<tl::conv2d<Channels, three, tl::bias::off>, tl::batch_norm<>, tl::relu>;
template <int Channels>
using down = tl::sequential<tl::max_pool2d<2>, block<Channels>>;

struct unet : tl::network<unet> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{1, side, side});
    const tl::value a = g.layer<block<12>>("in", x);
    const tl::value b = g.layer<down<24>>("down1", a);
    const tl::value c = g.layer<down<48>>("down2", b);
    const tl::value from_c = g.layer<tl::upsample<2>>("up1", c);
    const tl::value d = g.layer<block<24>>("join1", tl::math::concat(b, from_c, 0));
    const tl::value from_d = g.layer<tl::upsample<2>>("up2", d);
    const tl::value e = g.layer<block<12>>("join2", tl::math::concat(a, from_d, 0));
    return g.layer<tl::conv2d<kinds, 1>>("head", e);
  }
};
using parameters = tl::parameters<unet>;

/// Trains from random weights; `report` gets each epoch with the weights as they are then.
std::unique_ptr<parameters> train(
    const tl::dataset<float>& data, const training::plan& plan,
    const std::function<void(const training::epoch&, const parameters&)>& report);

/// Logits of both masks for all rows.
std::vector<float> predict(const parameters& theta, const tl::dataset<float>& data);

}  // namespace segmentation
