// The training step.
#include "keyword/net.hpp"

namespace keyword {

std::unique_ptr<parameters> train(
    const tl::dataset<float>& data, const training::plan& plan,
    const std::function<void(const training::epoch&, const parameters&)>& report) {
  using trainer = tl::trainer<net, tl::cross_entropy, tl::adam, tl::batch<32>>;
  const auto t = std::make_unique<trainer>(tl::seed{plan.seed});
  training::run(*t, data, plan, [&](const training::epoch& e) { report(e, t->parameters()); });
  return std::make_unique<parameters>(t->parameters());
}

}  // namespace keyword
