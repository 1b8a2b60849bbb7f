// The training step.
#include <tapeless/tapeless.hpp>

#include "controller/net.hpp"

namespace controller {

struct imitation::kept {
  tl::trainer<lesson, tl::mse, tl::adam, tl::batch<batch>> model;
};

imitation::imitation(std::uint32_t seed)
    : kept_{new kept{decltype(kept::model){tl::seed{seed}}}} {}
imitation::~imitation() = default;

void imitation::learn(const tl::dataset<float>& data, const training::plan& plan,
                      const std::function<void(const training::epoch&)>& report) {
  training::run(kept_->model, data, plan, report);
}
std::unique_ptr<parameters> imitation::learnt() const {
  auto theta = std::make_unique<parameters>();
  tl::copy_parameters(kept_->model.parameters(), *theta);
  return theta;
}

}  // namespace controller
