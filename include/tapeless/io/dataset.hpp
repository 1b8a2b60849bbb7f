#pragma once
// Samples in memory as plain rows, and the usual preparations: scaling, splitting, one-hot targets.

#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>
#include <tapeless/io/csv.hpp>
#include <tapeless/io/random.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tapeless {

/// Rows of inputs and targets. A class label is one target, the class index as a number.
template <class T>
struct dataset {
  std::vector<T> xs;  ///< size() rows of `inputs` values
  std::vector<T> ys;  ///< size() rows of `targets` values
  int inputs = 0;
  int targets = 0;
  std::vector<std::string> class_names;  ///< empty unless the target is a class

  /// Number of samples.
  TAPELESS_NATIVE std::size_t size() const {
    return inputs > 0 ? xs.size() / static_cast<std::size_t>(inputs) : 0;
  }

  TAPELESS_NATIVE std::span<T> row(std::size_t i) { return row_of(std::span(xs), i, inputs); }
  TAPELESS_NATIVE std::span<const T> row(std::size_t i) const {
    return row_of(std::span(xs), i, inputs);
  }
  TAPELESS_NATIVE std::span<T> target(std::size_t i) { return row_of(std::span(ys), i, targets); }
  TAPELESS_NATIVE std::span<const T> target(std::size_t i) const {
    return row_of(std::span(ys), i, targets);
  }

 private:
  template <class V>
  TAPELESS_NATIVE static std::span<V> row_of(std::span<V> values, std::size_t i, int width) {
    return values.subspan(i * static_cast<std::size_t>(width), static_cast<std::size_t>(width));
  }
};

/// Where the first value of some rows is NaN or infinite: "sample 3, input 2 is nan, expected a
/// finite number", both from 0. Empty if all are finite.
template <class T>
TAPELESS_NATIVE std::string first_not_finite_value(const std::vector<T>& values, int width,
                                                   std::string_view what) {
  const std::size_t row = width > 0 ? static_cast<std::size_t>(width) : 1;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(static_cast<double>(values[i])))
      return fmt::format("sample {}, {} {} is {}, expected a finite number", i / row, what, i % row,
                         values[i]);
  return {};
}

/// The same for the inputs, then the targets of a data set.
template <class T>
TAPELESS_NATIVE std::string first_not_finite_value(const dataset<T>& data) {
  const std::string input = first_not_finite_value(data.xs, data.inputs, "input");
  return input.empty() ? first_not_finite_value(data.ys, data.targets, "target") : input;
}

/// Two data sets from one source.
template <class T>
struct train_test {
  dataset<T> train;
  dataset<T> test;
};

/// A table as a data set: the last `targets` columns are targets, those before it inputs.
/// Errors: std::runtime_error if no input column is left, or, with row and column, if a value is
/// NaN or infinite, or beyond the numbers of T.
template <class T>
TAPELESS_NATIVE dataset<T> dataset_from(const csv_table& table, int targets = 1) {
  const auto width = static_cast<int>(table.columns);
  if (targets < 0 || targets >= width) {
    throw std::runtime_error(
        fmt::format("dataset_from: {} targets, expected 0 to {} as the table has {} columns",
                    targets, width - 1, width));
  }
  dataset<T> data;
  data.inputs = width - targets;
  data.targets = targets;
  for (std::size_t i = 0; i < table.values.size(); ++i) {
    const T number = static_cast<T>(table.values[i]);
    if (!std::isfinite(number)) {
      const std::size_t column = i % table.columns;
      throw std::runtime_error(fmt::format(
          "dataset_from: row {}, column {}{} is {}, expected a finite number{}; rows and columns "
          "count from 1, without the header",
          i / table.columns + 1, column + 1,
          column < table.header.size() ? fmt::format(" ({})", table.header[column]) : "",
          table.values[i], std::isfinite(table.values[i]) ? " within the range of float" : ""));
    }
    const bool input = i % table.columns < static_cast<std::size_t>(data.inputs);
    (input ? data.xs : data.ys).push_back(number);
  }
  return data;
}

/// The samples of the given numbers, in that order.
/// Errors: std::runtime_error that names the first number which is no sample.
template <class T>
TAPELESS_NATIVE dataset<T> subset(const dataset<T>& data, std::span<const std::uint32_t> rows) {
  dataset<T> result{{}, {}, data.inputs, data.targets, data.class_names};
  result.xs.reserve(rows.size() * static_cast<std::size_t>(data.inputs));
  result.ys.reserve(rows.size() * static_cast<std::size_t>(data.targets));
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const std::uint32_t i = rows[k];
    if (i >= data.size())
      throw std::runtime_error(fmt::format(
          "subset: number {} of the list is sample {}, but there are {} samples, 0 to {}", k, i,
          data.size(), static_cast<long long>(data.size()) - 1));
    const auto x = data.row(i);
    const auto y = data.target(i);
    result.xs.insert(result.xs.end(), x.begin(), x.end());
    result.ys.insert(result.ys.end(), y.begin(), y.end());
  }
  return result;
}

/// Shuffles and splits; the test set gets ceil(test_fraction * size) samples. The same samples in
/// the same order as scikit-learn's train_test_split(x, y, test_size=test_fraction,
/// random_state=seed). Errors: std::runtime_error if one of the two sets would be empty.
template <class T>
TAPELESS_NATIVE train_test<T> train_test_split(const dataset<T>& data, double test_fraction,
                                               std::uint32_t seed) {
  const auto count = static_cast<double>(data.size());
  const double wanted = std::ceil(test_fraction * count);
  if (!(test_fraction > 0.0 && wanted < count)) {
    throw std::runtime_error(fmt::format(
        "train_test_split: a test fraction of {} leaves a set of {} samples empty on one side",
        test_fraction, data.size()));
  }
  const auto order = random_state(seed).permutation(static_cast<std::uint32_t>(data.size()));
  const auto test_count = static_cast<std::size_t>(wanted);
  return {subset<T>(data, std::span(order).subspan(test_count)),
          subset<T>(data, std::span(order).first(test_count))};
}

/// Targets as one row of `classes` values per sample: 1 at the class index, 0 elsewhere.
/// Errors: std::runtime_error if a target is not one whole number from 0 to classes - 1.
template <class T>
TAPELESS_NATIVE dataset<T> one_hot(dataset<T> data, int classes) {
  if (data.targets != 1) {
    throw std::runtime_error(
        fmt::format("one_hot: found {} targets per sample, expected 1 class index", data.targets));
  }
  std::vector<T> ys(data.size() * static_cast<std::size_t>(classes), T(0));
  for (std::size_t i = 0; i < data.size(); ++i) {
    const T label = data.ys[i];
    if (!(label >= T(0) && label < static_cast<T>(classes)) || label != std::floor(label)) {
      throw std::runtime_error(
          fmt::format("one_hot: target of sample {}: found {}, expected a class index from 0 to {}",
                      i, label, classes - 1));
    }
    ys[i * static_cast<std::size_t>(classes) + static_cast<std::size_t>(label)] = T(1);
  }
  data.ys = std::move(ys);
  data.targets = classes;
  return data;
}

}  // namespace tapeless
