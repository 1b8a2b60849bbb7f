// The training step.
#include <tapeless/tapeless.hpp>

#include "wakeword/net.hpp"

namespace wakeword {

std::unique_ptr<parameters> train(const tl::dataset<float>& data, const training::plan& plan,
                                  const std::function<void(const training::epoch&)>& report) {
  using trainer = tl::trainer<net, tl::bce_with_logits, tl::adam, tl::batch<16>>;
  const auto t = std::make_unique<trainer>(tl::seed{plan.seed});
  training::run(*t, data, plan, report);
  return std::make_unique<parameters>(t->parameters());
}

}  // namespace wakeword
