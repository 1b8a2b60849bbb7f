#pragma once
// What a training run tells about itself.

#include <tapeless/core/config.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace tapeless {

/// Figures of one epoch.
///
/// The loss of an epoch has two usual readings that differ when the last batch is smaller:
/// `train_loss` is the mean over samples, `batch_mean_loss` the mean over batches of their mean
/// losses, which is what PyTorch's `running_loss / len(loader)` prints. Both are taken while the
/// weights move, each batch before its own update.
struct epoch_record {
  int epoch = 0;                ///< from 1
  double train_loss = 0;        ///< mean over samples
  double batch_mean_loss = 0;   ///< mean over batches
  double validation_loss = 0;   ///< mean over samples after the epoch; NaN without a validation set
  std::vector<double> metrics;  ///< in the order of history::metric_names
  double learning_rate = 0;     ///< of the epoch's last step
  double seconds = 0;           ///< of the training steps, without validation, logs and files
};

/// A whole run, epoch by epoch. A resumed run holds the epochs after the resumption.
struct history {
  std::vector<std::string> metric_names;
  std::vector<epoch_record> epochs;
  bool stopped_early = false;
  int best_epoch = 0;  ///< of the lowest loss, when early stopping watched; else 0

  TAPELESS_NATIVE bool empty() const { return epochs.empty(); }
  TAPELESS_NATIVE const epoch_record& back() const { return epochs.back(); }

  /// One figure over the epochs, for plots: `h.column(&tl::epoch_record::train_loss)`.
  template <class Number>
  TAPELESS_NATIVE std::vector<double> column(Number epoch_record::*member) const {
    std::vector<double> values;
    for (const epoch_record& record : epochs) values.push_back(static_cast<double>(record.*member));
    return values;
  }

  /// A metric over the epochs by its name; empty if there is none of that name.
  TAPELESS_NATIVE std::vector<double> metric(const std::string& name) const {
    std::vector<double> values;
    const auto found = std::find(metric_names.begin(), metric_names.end(), name);
    if (found == metric_names.end()) return values;
    const auto index = static_cast<std::size_t>(found - metric_names.begin());
    for (const epoch_record& record : epochs) values.push_back(record.metrics.at(index));
    return values;
  }
};

}  // namespace tapeless
