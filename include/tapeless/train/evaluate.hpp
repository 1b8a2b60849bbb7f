#pragma once
// A trainer over a whole data set: predictions and the mean loss.

#include <fmt/format.h>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tapeless/core/config.hpp>
#include <tapeless/io/batches.hpp>
#include <tapeless/io/dataset.hpp>
#include <tapeless/train/metrics.hpp>
#include <tapeless/train/trainable.hpp>
#include <vector>

namespace tapeless {

/// Throws train_error unless `data` has rows and they fit the trainer, labels among them. The
/// message names the call (`caller`) and the argument (`what`).
template <trainable Trainer>
TAPELESS_NATIVE void require_matching_rows(const dataset<typename Trainer::scalar>& data,
                                           std::string_view caller, std::string_view what) {
  if (data.size() == 0) throw train_error(fmt::format("{}: the {} is empty", caller, what));
  if (data.inputs != Trainer::input_size || data.targets != Trainer::target_size)
    throw train_error(fmt::format(
        "{}: the {} has {} inputs and {} targets a row, the network takes {} and {}", caller, what,
        data.inputs, data.targets, int{Trainer::input_size}, int{Trainer::target_size}));
  if (data.xs.size() != data.size() * Trainer::input_size ||
      data.ys.size() != data.size() * Trainer::target_size)
    throw train_error(
        fmt::format("{}: the {} has {} rows of inputs, but {} input and {} target "
                    "values",
                    caller, what, data.size(), data.xs.size(), data.ys.size()));
  if constexpr (requires { Trainer::is_target(data.ys.data()); }) {
    if constexpr (Trainer::classes > 0)
      for (std::size_t i = 0; i < data.size(); ++i)
        if (const auto label = data.target(i)[0]; !Trainer::is_target(&label))
          throw train_error(fmt::format(
              "{}: row {} of the {} has target {}, which is none of the {} classes 0 to {}{}",
              caller, i, what, label, int{Trainer::classes}, Trainer::classes - 1,
              label == static_cast<typename Trainer::scalar>(Trainer::classes)
                  ? "; labels count from 0"
                  : ""));
    if constexpr (requires { requires Trainer::labels_steps; })
      for (std::size_t i = 0; i < data.size(); ++i)
        if (!Trainer::is_target(data.target(i).data()))
          throw train_error(fmt::format(
              "{}: row {} of the {} has a step whose target is the index of no class; labels count "
              "from 0",
              caller, i, what));
  }
}

/// What the first `count` target rows count together in a trainer's mean loss: each 1, unless its
/// loss ignores a label or weighs classes.
template <trainable Trainer>
TAPELESS_NATIVE double counted_share(const typename Trainer::scalar* ys, int count) {
  if constexpr (requires { Trainer::counted_share(ys, count); })
    return Trainer::counted_share(ys, count);
  else
    return count;
}

/// Mean loss per sample over all rows, in evaluation mode. Batches are weighted by the samples that
/// count, so the smaller last one counts for what it holds. Throws train_error for an empty or
/// unfit set, and names the row of a label that is no class.
template <trainable Trainer>
TAPELESS_NATIVE double mean_loss(const Trainer& trainer,
                                 const dataset<typename Trainer::scalar>& data) {
  require_matching_rows<Trainer>(data, "mean_loss", "data set");
  batches<typename Trainer::scalar> portions(data, Trainer::batch_size);
  double sum = 0, rows = 0;
  for (auto [xs, ys, count] : portions.epoch(0)) {
    const double counted = counted_share<Trainer>(ys, count);
    if (counted == 0) continue;
    sum += counted * static_cast<double>(trainer.loss(xs, ys, count));
    rows += counted;
  }
  return sum / rows;
}

/// Predictions for a data set, owned, beside a view of the data's targets. The data must outlive
/// it.
template <class T>
struct predictions {
  std::vector<T> outputs;
  const T* targets;
  int count;
  int output_size;
  int target_size;
  std::optional<int> ignored = {};  ///< the label that the trainer's loss ignores
  int target_stride = 0;            ///< scalars from one target to the next; 0: target_size

  TAPELESS_NATIVE operator prediction_view<T>() const { return view(); }
  TAPELESS_NATIVE prediction_view<T> view() const {
    return {outputs.data(), targets, count, output_size, target_size, ignored, target_stride};
  }
};

/// Predictions of `trainer` for every row of `data`. Throws train_error for an empty or unfit set.
template <trainable Trainer, class T = typename Trainer::scalar>
TAPELESS_NATIVE predictions<T> predict_all(const Trainer& trainer,
                                           const dataset<typename Trainer::scalar>& data) {
  require_matching_rows<Trainer>(data, "predict_all", "data set");
  predictions<T> result{
      {}, data.ys.data(), static_cast<int>(data.size()), Trainer::output_size, Trainer::target_size,
      {}};
  if constexpr (requires { requires Trainer::ignores_label; })
    result.ignored = Trainer::ignored_label;
  if constexpr (requires { requires Trainer::reads_sample_weights; }) {
    // Metrics see the targets without the weights behind them.
    result.target_size = Trainer::target_size - 1;
    result.target_stride = Trainer::target_size;
  }
  result.outputs.resize(data.size() * Trainer::output_size);
  T* outputs = result.outputs.data();
  batches<T> portions(data, Trainer::batch_size);
  for (auto [xs, ys, count] : portions.epoch(0)) {
    trainer.predict(xs, outputs, count);
    outputs += std::ptrdiff_t{count} * Trainer::output_size;
  }
  return result;
}

/// Predictions of any callable `predict(const T* x, T* y)` that maps one row of data.inputs values
/// to one of `output_size`.
template <class T, class Predict>
requires std::invocable<Predict&, const T*, T*> predictions<T> predict_all(Predict&& predict,
                                                                           const dataset<T>& data,
                                                                           int output_size) {
  predictions<T> result{{},          data.ys.data(), static_cast<int>(data.size()),
                        output_size, data.targets,   {}};
  result.outputs.resize(data.size() * static_cast<std::size_t>(output_size));
  for (std::size_t i = 0; i < data.size(); ++i)
    predict(data.row(i).data(), result.outputs.data() + i * static_cast<std::size_t>(output_size));
  return result;
}

/// The metrics of a trainer on a data set, all from one pass of predictions.
template <trainable Trainer>
TAPELESS_NATIVE std::vector<double> metric_values(
    const Trainer& trainer, const dataset<typename Trainer::scalar>& data,
    const std::vector<metric<typename Trainer::scalar>>& metrics) {
  std::vector<double> values;
  if (metrics.empty()) return values;
  const auto predicted = predict_all(trainer, data);
  for (const auto& m : metrics) values.push_back(m.value(predicted.view()));
  return values;
}

/// Throws what a metric throws for these data, with the metric's name, such as accuracy for targets
/// that are no classes: all metrics once, so that a run is not lost after its first epoch.
template <trainable Trainer>
TAPELESS_NATIVE void require_metrics(const Trainer& trainer,
                                     const dataset<typename Trainer::scalar>& data,
                                     const std::vector<metric<typename Trainer::scalar>>& metrics,
                                     std::string_view caller) {
  if (metrics.empty()) return;
  const auto predicted = predict_all(trainer, data);
  for (const auto& m : metrics) {
    try {
      m.value(predicted.view());
    } catch (const train_error& e) {
      throw train_error(fmt::format("{}: metric '{}': {}", caller, m.name, e.what()));
    }
  }
}

/// accuracy, logit_accuracy and regression over a trainer's predictions for a data set.
template <trainable Trainer>
TAPELESS_NATIVE double accuracy(const Trainer& trainer,
                                const dataset<typename Trainer::scalar>& data) {
  return accuracy(predict_all(trainer, data).view());
}
template <trainable Trainer>
TAPELESS_NATIVE double logit_accuracy(const Trainer& trainer,
                                      const dataset<typename Trainer::scalar>& data) {
  return logit_accuracy(predict_all(trainer, data).view());
}
template <trainable Trainer>
TAPELESS_NATIVE regression_scores regression(const Trainer& trainer,
                                             const dataset<typename Trainer::scalar>& data) {
  return regression(predict_all(trainer, data).view());
}

}  // namespace tapeless
