#pragma once
// Input features brought to a common scale, with the transform kept as a value for other data.

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
  const auto count = static_cast<double>(train.size());
  standardizer<T> result;
  for (std::size_t feature = 0; feature < width; ++feature) {
    double sum = 0;
    for (std::size_t i = 0; i < train.size(); ++i)
      sum += static_cast<double>(train.row(i)[feature]);
    const double mean = sum / count;
    double squares = 0;
    for (std::size_t i = 0; i < train.size(); ++i) {
      const double distance = static_cast<double>(train.row(i)[feature]) - mean;
      squares += distance * distance;
    }
    const double deviation = std::sqrt(squares / count);
    // Rounding leaves a constant feature a deviation above 0; scikit-learn's bound tells it apart.
    const double rounding = count * std::numeric_limits<double>::epsilon();
    const bool constant =
        squares / count <= rounding * squares / count + std::pow(rounding * mean, 2);
    result.mean.push_back(static_cast<T>(mean));
    result.deviation.push_back(constant ? T(1) : static_cast<T>(deviation));
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

}  // namespace tapeless
