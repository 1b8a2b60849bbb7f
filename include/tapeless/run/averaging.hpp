#pragma once
// Running means of weights beside training.

#include <tapeless/core/checks.hpp>
#include <tapeless/run/part.hpp>

namespace tapeless {

/// The running mean of a network's weights: update it after each step, and evaluate with
/// `parameters()`. The first update copies the weights, later ones move the mean:
///   mean = mean + (1 - decay) (w - mean), or, as `equal_average`, mean + (w - mean) / (n + 1)
/// after n updates. Trivially copyable; one pass over the weights per update.
/// Source: torch.optim.swa_utils.AveragedModel with get_ema_multi_avg_fn(decay), and with its
/// default; Polyak, Juditsky 1992, doi 10.1137/0330046.
template <class Net, class T = float>
class weight_average {
 public:
  using parameters_type = tapeless::parameters<Net, T>;

  /// decay from 0 (the last weights) to 1 (the first ones).
  TAPELESS_NATIVE constexpr explicit weight_average(double decay = 0.999) noexcept : decay_{decay} {
    detail::checked([&]() __attribute__((always_inline)) {
      detail::require(decay >= 0 && decay <= 1, "weight_average", "the decay is from 0 to 1");
    });
  }
  /// The mean of all weights that it was updated with, each counting the same.
  TAPELESS_NATIVE static constexpr weight_average equal_average() noexcept {
    weight_average a{0};
    a.equal_ = true;
    return a;
  }

  TAPELESS_NATIVE constexpr void update(const parameters_type& w) noexcept {
    const double weight = updates_ == 0 ? 1.0
                          : equal_      ? 1 / static_cast<double>(updates_ + 1)
                                        : 1 - decay_;
    polyak_update(w, mean_, weight);
    ++updates_;
  }

  /// The mean; zeros before the first update.
  TAPELESS_NATIVE constexpr const parameters_type& parameters() const noexcept { return mean_; }
  TAPELESS_NATIVE constexpr std::uint64_t updates() const noexcept { return updates_; }

 private:
  parameters_type mean_;
  double decay_;
  bool equal_ = false;
  std::uint64_t updates_ = 0;
};

}  // namespace tapeless
