#pragma once
// Stops a training run that no longer improves, and brings its best weights back.

#include <tapeless/core/config.hpp>

#include <cstddef>
#include <cstring>
#include <limits>
#include <span>
#include <vector>

namespace tapeless {

/// When to stop: after `patience` epochs in a row none of which lowered the best loss by more than
/// `min_delta`. The loss is the validation loss where there is one, else the training loss.
struct early_stopping_options {
  int patience = 10;
  double min_delta = 0;
  bool restore_best = true;  ///< end the run with the weights of the best epoch, not of the last
};

/// Follows the loss of a run and keeps the weights of its best epoch.
class early_stopping {
 public:
  TAPELESS_NATIVE explicit early_stopping(const early_stopping_options& options)
      : options_(options) {}

  /// Takes note of the loss after `epoch` and of the weights that gave it. Returns whether to go
  /// on. A NaN loss is no improvement; pass NaN where the weights are not finite.
  TAPELESS_NATIVE bool update(int epoch, double loss, std::span<const std::byte> weights) {
    if (loss < best_loss - options_.min_delta) {
      best_loss = loss;
      best_epoch = epoch;
      epochs_waited = 0;
      if (options_.restore_best) best_weights.assign(weights.begin(), weights.end());
    } else {
      ++epochs_waited;
    }
    return !exhausted();
  }

  /// Whether the run has waited long enough.
  TAPELESS_NATIVE bool exhausted() const {
    return epochs_waited > 0 && epochs_waited >= options_.patience;
  }

  /// Writes the best weights back. Returns false, and leaves `weights` alone, if there are none.
  TAPELESS_NATIVE bool restore(std::span<std::byte> weights) const {
    if (!options_.restore_best || best_weights.size() != weights.size()) return false;
    if (!weights.empty()) std::memcpy(weights.data(), best_weights.data(), weights.size());
    return true;
  }

  // The whole of what must survive in a checkpoint.
  double best_loss = std::numeric_limits<double>::infinity();
  int best_epoch = 0;  ///< counted from 1; 0 before any improvement
  int epochs_waited = 0;
  std::vector<std::byte> best_weights;

 private:
  early_stopping_options options_;
};

}  // namespace tapeless
