#pragma once
// Input features and targets brought to a common scale, with the transform kept as a value for other data.

#include <tapeless/core/config.hpp>
#include <tapeless/io/dataset.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace tapeless {

namespace detail {

/// Mean and standard deviation of one column of rows of `width` numbers, divided by n; a constant
/// column has the deviation 1. Sums are in double.
template <class T>
struct column_scale {
  T mean, deviation;

  TAPELESS_NATIVE column_scale(const std::vector<T>& values, std::size_t width,
                               std::size_t column) {
    const std::size_t rows = values.size() / width;
    const auto count = static_cast<double>(rows);
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < rows; ++i) sum += static_cast<double>(values[i * width + column]);
    const double centre = sum / count;
    for (std::size_t i = 0; i < rows; ++i) {
      const double distance = static_cast<double>(values[i * width + column]) - centre;
      squares += distance * distance;
    }
    // Rounding leaves a constant column a deviation above 0; scikit-learn's bound tells it apart.
    const double rounding = count * std::numeric_limits<double>::epsilon();
    const bool constant =
        squares / count <= rounding * squares / count + std::pow(rounding * centre, 2);
    mean = static_cast<T>(centre);
    deviation = constant ? T(1) : static_cast<T>(std::sqrt(squares / count));
  }
};

}  // namespace detail

/// Throws std::runtime_error if an input is NaN or infinite, which would make the mean or the
/// result such a number too.
template <class T>
TAPELESS_NATIVE void require_finite_inputs(const dataset<T>& data, std::string_view caller) {
  const std::string wrong = first_not_finite_value(data.xs, data.inputs, "input");
  if (!wrong.empty()) throw std::runtime_error(fmt::format("{}: {}", caller, wrong));
}

/// Inputs as (x - mean) / deviation, one pair for all features: (0.5, 0.5) takes [0, 1] to [-1, 1].
/// Errors: std::runtime_error if the deviation is not a positive number, or, with sample and
/// feature, if a value is NaN or infinite.
template <class T>
TAPELESS_NATIVE dataset<T> normalize(dataset<T> data, std::type_identity_t<T> mean,
                                     std::type_identity_t<T> deviation) {
  if (!(deviation > T(0))) {
    throw std::runtime_error(
        fmt::format("normalize: found deviation {}, expected a positive number", deviation));
  }
  require_finite_inputs(data, "normalize");
  for (T& x : data.xs) x = (x - mean) / deviation;
  return data;
}

/// Refuses a call without numbers, in a sentence.
template <class T>
dataset<T> normalize(const dataset<T>& data) {
  static_assert(!sizeof(T),
                "Tapeless: tl::normalize takes the mean and the deviation, tl::normalize(data, 0.5, "
                "0.5); those of the data, per feature, are found by tl::standardize(data)");
  return data;
}

/// Per feature mean and standard deviation of a data set.
template <class T>
struct standardizer {
  std::vector<T> mean;
  std::vector<T> deviation;

  /// One row in place.
  TAPELESS_NATIVE void apply(std::span<T> row) const {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = (row[i] - mean[i]) / deviation[i];
  }
  /// The way back, of one row in place.
  TAPELESS_NATIVE void invert(std::span<T> row) const {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = mean[i] + deviation[i] * row[i];
  }

  /// A data set with inputs (x - mean) / deviation.
  /// Errors: std::runtime_error if it has another number of features, or, with sample and feature,
  /// if a value is NaN or infinite.
  TAPELESS_NATIVE dataset<T> operator()(dataset<T> data) const {
    if (static_cast<std::size_t>(data.inputs) != mean.size()) {
      throw std::runtime_error(
          fmt::format("standardizer: found {} features, expected {}", data.inputs, mean.size()));
    }
    require_finite_inputs(data, "standardizer");
    for (std::size_t i = 0; i < data.size(); ++i) apply(data.row(i));
    return data;
  }
};

/// The transform that gives every feature of `train` mean 0 and variance 1 (divided by n, as
/// scikit-learn's StandardScaler does); a constant feature keeps its scale. Sums are in double.
/// Errors: std::runtime_error if there are no samples, or, with sample and feature, if a value is
/// NaN or infinite.
template <class T>
TAPELESS_NATIVE standardizer<T> standardize(const dataset<T>& train) {
  if (train.size() == 0) throw std::runtime_error("standardize: found no samples, expected some");
  require_finite_inputs(train, "standardize");
  const auto width = static_cast<std::size_t>(train.inputs);
  standardizer<T> result;
  for (std::size_t feature = 0; feature < width; ++feature) {
    const detail::column_scale<T> scale(train.xs, width, feature);
    result.mean.push_back(scale.mean);
    result.deviation.push_back(scale.deviation);
  }
  return result;
}

/// Refuses numbers, in a sentence.
template <class T, class Mean, class Deviation>
dataset<T> standardize(const dataset<T>& data, Mean, Deviation) {
  static_assert(!sizeof(T),
                "Tapeless: tl::standardize(data) finds mean and deviation itself; with numbers that "
                "are known it is tl::normalize(data, 0.5, 0.5)");
  return data;
}

/// Mean and standard deviation of the targets of a data set, and the way back for predictions.
template <class T>
struct target_standardizer {
  std::vector<T> mean;
  std::vector<T> deviation;

  /// A data set with targets (y - mean) / deviation.
  /// Errors: std::runtime_error if it has another number of targets, or, with sample and target, if
  /// a value is NaN or infinite.
  TAPELESS_NATIVE dataset<T> operator()(dataset<T> data) const {
    if (static_cast<std::size_t>(data.targets) != mean.size())
      throw std::runtime_error(fmt::format("target_standardizer: found {} targets, expected {}",
                                           data.targets, mean.size()));
    const std::string wrong = first_not_finite_value(data.ys, data.targets, "target");
    if (!wrong.empty()) throw std::runtime_error("target_standardizer: " + wrong);
    for (std::size_t i = 0; i < data.ys.size(); ++i)
      data.ys[i] = (data.ys[i] - mean[i % mean.size()]) / deviation[i % mean.size()];
    return data;
  }

  /// Predictions, or targets, in the units of the data: mean + deviation y, of any number of whole
  /// rows in place. Errors: std::runtime_error if the last row is not whole.
  TAPELESS_NATIVE void invert(std::span<T> rows) const {
    if (mean.empty() || rows.size() % mean.size() != 0)
      throw std::runtime_error(
          fmt::format("target_standardizer: found {} values, expected rows of {} targets",
                      rows.size(), mean.size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] = mean[i % mean.size()] + deviation[i % mean.size()] * rows[i];
  }
};

/// The transform that gives every target of `train` mean 0 and variance 1, as standardize does for
/// inputs; scikit-learn's TransformedTargetRegressor with a StandardScaler. Not for class indices.
/// Errors: std::runtime_error if there are no samples or targets, or, with sample and target, if a
/// value is NaN or infinite.
template <class T>
TAPELESS_NATIVE target_standardizer<T> standardize_targets(const dataset<T>& train) {
  if (train.ys.empty() || train.targets < 1)
    throw std::runtime_error("standardize_targets: found no targets, expected some");
  const std::string wrong = first_not_finite_value(train.ys, train.targets, "target");
  if (!wrong.empty()) throw std::runtime_error("standardize_targets: " + wrong);
  const auto width = static_cast<std::size_t>(train.targets);
  target_standardizer<T> result;
  for (std::size_t column = 0; column < width; ++column) {
    const detail::column_scale<T> scale(train.ys, width, column);
    result.mean.push_back(scale.mean);
    result.deviation.push_back(scale.deviation);
  }
  return result;
}

}  // namespace tapeless
