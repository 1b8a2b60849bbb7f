// Training: Adam, at a rate that falls along a cosine.
#include <tapeless/tapeless.hpp>

#include "char_rnn/net.hpp"

namespace rnn {

struct training::kept {
  tl::cosine_schedule rate;
  long step = 0;
  tl::trainer<net, tl::sequence_cross_entropy, tl::adam, tl::batch<batch>> model;
};

training::training(std::uint32_t seed, long all_steps)
    : kept_{new kept{{4e-3, all_steps, 1e-4}, 0, decltype(kept::model){tl::seed{seed}}}} {}
training::~training() = default;

double training::step(const float* xs, const float* ys) {
  kept_->model.options().learning_rate = kept_->rate(kept_->step++);
  return static_cast<double>(kept_->model.step(xs, ys));
}
double training::loss(const windows& w) const {
  return static_cast<double>(
      kept_->model.loss(w.xs.data(), w.ys.data(), static_cast<int>(w.count())));
}
const tl::parameters<net>& training::parameters() const { return kept_->model.parameters(); }

}  // namespace rnn
