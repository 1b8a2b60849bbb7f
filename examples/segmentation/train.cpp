// The training step.
#include "segmentation/net.hpp"

namespace segmentation {

std::unique_ptr<parameters> train(
    const tl::dataset<float>& data, const training::plan& plan,
    const std::function<void(const training::epoch&, const parameters&)>& report) {
  // Most pixels belong to no shape: those that do count four times.
  using loss = tl::weighted_bce_with_logits<4.0>;
  using trainer = tl::trainer<unet, loss, tl::adam, tl::batch<16>>;
  const auto net = std::make_unique<trainer>(tl::seed{plan.seed});
  training::run(*net, data, plan, [&](const training::epoch& e) { report(e, net->parameters()); });
  return std::make_unique<parameters>(net->parameters());
}

}  // namespace segmentation
