// The training step.
#include <tapeless/tapeless.hpp>

#include "forecast/net.hpp"

namespace forecast {

std::unique_ptr<parameters> train(const tl::dataset<float>& data, const training::plan& plan,
                                  const std::function<void(const training::epoch&)>& report) {
  using trainer = tl::trainer<net, tl::mse, tl::adam, tl::batch<32>>;
  const auto t = std::make_unique<trainer>(tl::seed{plan.seed});
  training::run(*t, data, plan, report);
  return std::make_unique<parameters>(t->parameters());
}

}  // namespace forecast
