#pragma once
// Figures of merit over a data set. They see whole sets of predictions, so no figure depends on how
// the set was cut into batches.

#include <fmt/format.h>

#include <tapeless/core/config.hpp>
#include <tapeless/train/trainable.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tapeless {

/// Outputs of a model beside the targets they should have met: `count` rows of each, row-major.
template <class T>
struct prediction_view {
  const T* outputs;
  const T* targets;
  int count;
  int output_size;
  int target_size;
  std::optional<int> ignored = {};  ///< label of rows that do not count, of losses that ignore one
  int target_stride = 0;  ///< scalars from one target to the next; 0: target_size

  TAPELESS_NATIVE std::span<const T> output(int row) const {
    return {outputs + std::ptrdiff_t{row} * output_size, static_cast<std::size_t>(output_size)};
  }
  TAPELESS_NATIVE std::span<const T> target(int row) const {
    const int stride = target_stride > 0 ? target_stride : target_size;
    return {targets + std::ptrdiff_t{row} * stride, static_cast<std::size_t>(target_size)};
  }
  /// Whether a row counts.
  TAPELESS_NATIVE bool counts(int row) const {
    return !ignored || target_size != 1 || target(row)[0] != static_cast<T>(*ignored);
  }
};

/// A named figure of merit, as fit reports it: `{"accuracy", tl::accuracy<float>}`.
template <class T>
struct metric {
  std::string name;
  std::function<double(const prediction_view<T>&)> value;
};

/// Class a row of outputs stands for: the index of the largest (the first of equals); for a single
/// output 1 if it exceeds `threshold`, else 0. A row with a NaN stands for no class: -1.
template <class T>
TAPELESS_NATIVE int predicted_class(std::span<const T> outputs, T threshold) {
  if (std::any_of(outputs.begin(), outputs.end(), [](T v) { return std::isnan(v); })) return -1;
  if (outputs.size() == 1) return outputs[0] > threshold ? 1 : 0;
  return static_cast<int>(std::max_element(outputs.begin(), outputs.end()) - outputs.begin());
}

/// Class a row of targets stands for: a single value is the class index itself, a longer row is
/// one-hot. A NaN is no class and equals no prediction: -2.
template <class T>
TAPELESS_NATIVE int target_class(std::span<const T> targets) {
  if (std::any_of(targets.begin(), targets.end(), [](T v) { return std::isnan(v); })) return -2;
  if (targets.size() == 1) return static_cast<int>(std::lround(targets[0]));
  return predicted_class(targets, T(0.5));
}

/// Throws train_error, with row and value, unless every target stands for a class of the outputs:
/// one whole number from 0 to classes - 1 (two classes for a single output), or a share for each
/// class, which add up to 1. NaN passes, as a target that no prediction equals.
template <class T>
TAPELESS_NATIVE void require_class_targets(const prediction_view<T>& p, std::string_view caller) {
  if (p.target_size != 1 && p.target_size != p.output_size)
    throw train_error(fmt::format(
        "{}: rows of {} targets stand for no class of {} outputs; targets are one class index, or "
        "one share per class",
        caller, p.target_size, p.output_size));
  const int classes = p.output_size == 1 ? 2 : p.output_size;
  for (int i = 0; i < p.count; ++i) {
    const std::span<const T> t = p.target(i);
    if (!p.counts(i) || std::any_of(t.begin(), t.end(), [](T v) { return std::isnan(v); }))
      continue;
    if (t.size() == 1) {
      if (t[0] >= T(0) && t[0] < static_cast<T>(classes) && t[0] == std::floor(t[0])) continue;
      throw train_error(fmt::format(
          "{}: row {} has target {}, which is none of the {} classes 0 to {}; for targets that are "
          "numbers take mae_score, rmse_score or r2_score",
          caller, i, t[0], classes, classes - 1));
    }
    double sum = 0;
    for (const T v : t) sum += v >= T(0) ? static_cast<double>(v) : 2;  // a share is not negative
    if (std::abs(sum - 1) > 1e-3)
      throw train_error(
          fmt::format("{}: the targets of row {} are no class: they are not shares that add up to "
                      "1; for targets "
                      "that are numbers take mae_score, rmse_score or r2_score",
                      caller, i));
  }
}

/// Share of rows whose predicted class is the target class, in [0, 1]. One output is cut at the
/// threshold; several are compared among themselves. NaN for no rows. Throws train_error for
/// targets that are no classes, such as those of a regression.
template <class T>
TAPELESS_NATIVE double accuracy_above(const prediction_view<T>& p, T threshold) {
  require_class_targets(p, "accuracy");
  long right = 0, rows = 0;
  for (int i = 0; i < p.count; ++i) {
    if (!p.counts(i)) continue;
    right += predicted_class(p.output(i), threshold) == target_class(p.target(i));
    ++rows;
  }
  return rows == 0 ? std::numeric_limits<double>::quiet_NaN()
                   : static_cast<double>(right) / static_cast<double>(rows);
}

/// accuracy_above 0.5: one output is a probability, several are logits or probabilities.
template <class T>
TAPELESS_NATIVE double accuracy(const prediction_view<T>& p) {
  return accuracy_above(p, T(0.5));
}

/// As accuracy, for a single output that is a logit: cut at 0, where its sigmoid is 0.5.
template <class T>
TAPELESS_NATIVE double logit_accuracy(const prediction_view<T>& p) {
  return accuracy_above(p, T(0));
}

/// Errors of a regression over all rows and outputs.
struct regression_scores {
  double mae;   ///< mean absolute error
  double rmse;  ///< root of the mean squared error
  double r2;    ///< 1 - squared error / variance of the targets, averaged over the outputs
};

/// Mean absolute error, root mean squared error and R2. R2 is taken per output and averaged, as
/// scikit-learn's r2_score does; for a constant target it is 1 when met exactly, else 0.
/// All NaN for no rows. Throws train_error unless there is a target for each output: one class
/// index for several outputs is no number to compare them with.
template <class T>
TAPELESS_NATIVE regression_scores regression(const prediction_view<T>& p) {
  if (p.target_size != p.output_size)
    throw train_error(fmt::format(
        "regression: {} outputs have {} {} a row{}", p.output_size, p.target_size,
        p.target_size == 1 ? "target" : "targets",
        p.target_size == 1 ? ", which is the index of a class; for classes take accuracy" : ""));
  double absolute = 0, squared = 0, r2 = 0;
  for (int j = 0; j < p.output_size; ++j) {
    double mean = 0, error = 0, spread = 0;
    for (int i = 0; i < p.count; ++i)
      mean += static_cast<double>(p.target(i)[static_cast<std::size_t>(j)]);
    mean /= p.count;
    for (int i = 0; i < p.count; ++i) {
      const double y = static_cast<double>(p.target(i)[static_cast<std::size_t>(j)]);
      const double e = static_cast<double>(p.output(i)[static_cast<std::size_t>(j)]) - y;
      absolute += std::abs(e);
      error += e * e;
      spread += (y - mean) * (y - mean);
    }
    squared += error;
    r2 += spread > 0 ? 1 - error / spread : error == 0 ? 1 : error > 0 ? 0 : error;
  }
  if (p.count == 0) r2 = std::numeric_limits<double>::quiet_NaN();
  const double values = static_cast<double>(p.count) * p.output_size;
  return {absolute / values, std::sqrt(squared / values), r2 / p.output_size};
}

/// regression(p).mae as a metric.
template <class T>
TAPELESS_NATIVE double mae_score(const prediction_view<T>& p) {
  return regression(p).mae;
}

/// regression(p).rmse as a metric.
template <class T>
TAPELESS_NATIVE double rmse_score(const prediction_view<T>& p) {
  return regression(p).rmse;
}

/// regression(p).r2 as a metric.
template <class T>
TAPELESS_NATIVE double r2_score(const prediction_view<T>& p) {
  return regression(p).r2;
}

}  // namespace tapeless
