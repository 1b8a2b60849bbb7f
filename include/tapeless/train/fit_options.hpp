#pragma once
// Everything fit can be asked to do beside training.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tapeless/core/config.hpp>
#include <tapeless/io/dataset.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/train/early_stopping.hpp>
#include <tapeless/train/history.hpp>
#include <tapeless/train/metrics.hpp>
#include <tapeless/train/not_finite.hpp>
#include <tapeless/train/progress.hpp>
#include <tapeless/train/trainable.hpp>
#include <vector>

namespace tapeless {

/// How fit trains and what it tells, meant for designated initializers:
///
///     tl::fit(trainer, train, {.epochs = 20, .validation = &test,
///                              .metrics = {{"accuracy", tl::accuracy<float>}}});
template <class T>
struct fit_options {
  int epochs = 10;         ///< of the whole run, including those before a resumption; at least 1
  bool shuffle = true;     ///< a new order every epoch, from seed and epoch alone
  std::uint32_t seed = 1;  ///< of the shuffling

  const dataset<T>* validation = nullptr;  ///< evaluated after every epoch
  std::vector<metric<T>> metrics = {};     ///< on the validation set, else on the training set
                                           ///< and once before training, to refuse wrong kinds

  /// Learning rate of an epoch, or of a step, both counted from 0. At most one of the two; without
  /// either the trainer keeps its own.
  std::function<double(int)> epoch_learning_rate = {};
  std::function<double(long)> step_learning_rate = {};

  std::optional<early_stopping_options> stop_early = {};
  std::function<void(long)> on_step = {};  ///< after each step, counted from 0
  std::function<bool(const epoch_record&)> on_epoch = {};  ///< false ends the run

  /// What to do where a loss or a parameter is no longer a finite number, and with data that hold
  /// such numbers.
  on_not_finite not_finite = on_not_finite::stop;

  std::filesystem::path checkpoint = {};  ///< where to save the run; always written at its end
  int checkpoint_every = 1;               ///< and after every so many epochs
  std::filesystem::path resume = {};      ///< checkpoint to go on from, with its seed and rate
  /// One line per epoch. A resumed run goes on in the file; a new one refuses a file with lines.
  std::filesystem::path csv = {};

  show progress = show::automatic;  ///< a bar on stderr, by default if that is a terminal
  std::FILE* table = stdout;        ///< a line per epoch; nullptr for none
  bool table_seconds = true;        ///< the table's only column that differs from run to run
};

/// Throws what is wrong with the options themselves, before any training: train_error, or
/// file_error for a checkpoint whose folder does not exist.
template <class T>
TAPELESS_NATIVE void require_sound(const fit_options<T>& options) {
  if (options.epochs < 1)
    throw train_error(fmt::format("fit: epochs is {}, at least 1 is needed", options.epochs));
  if (options.checkpoint_every < 1)
    throw train_error(
        fmt::format("fit: checkpoint_every is {}, at least 1 is needed", options.checkpoint_every));
  if (options.epoch_learning_rate && options.step_learning_rate)
    throw train_error(
        "fit: both epoch_learning_rate and step_learning_rate are set, the learning rate can "
        "follow only one");
  if (options.stop_early && options.stop_early->patience < 0)
    throw train_error(
        fmt::format("fit: the patience of early stopping is {}, it cannot be negative",
                    options.stop_early->patience));
  if (options.stop_early && !(options.stop_early->min_delta >= 0))
    throw train_error(
        fmt::format("fit: the min_delta of early stopping is {}, it cannot be negative",
                    options.stop_early->min_delta));
  for (const metric<T>& m : options.metrics) {
    if (!m.value) throw train_error(fmt::format("fit: metric '{}' has no function", m.name));
    if (m.name.empty()) throw train_error("fit: a metric has no name");
    constexpr std::string_view columns[] = {"epoch",           "train_loss",    "batch_mean_loss",
                                            "validation_loss", "learning_rate", "seconds"};
    if (std::ranges::find(columns, m.name) != std::ranges::end(columns))
      throw train_error(
          fmt::format("fit: a metric is named '{}', as a column of the history is already", m.name));
    if (std::ranges::count(options.metrics, m.name, &metric<T>::name) > 1)
      throw train_error(fmt::format("fit: two metrics are named '{}', name them apart", m.name));
  }
  if (options.checkpoint_every != 1 && options.checkpoint.empty())
    throw train_error(
        fmt::format("fit: checkpoint_every is {}, but there is no checkpoint to write",
                    options.checkpoint_every));
  if (!options.csv.empty() && (options.csv == options.checkpoint || options.csv == options.resume))
    throw train_error(
        fmt::format("fit: csv and the checkpoint are both '{}'", options.csv.string()));
  const auto folder = options.checkpoint.parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder))
    throw file_error(options.checkpoint, "the folder of the checkpoint does not exist");
}

}  // namespace tapeless
