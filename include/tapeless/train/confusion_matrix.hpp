#pragma once
// Which class is taken for which.

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/train/metrics.hpp>
#include <tapeless/train/table.hpp>
#include <tapeless/train/trainable.hpp>
#include <utility>
#include <vector>

namespace tapeless {

/// Counts of (actual, predicted) class pairs and the figures that follow from them.
///
///     auto matrix = tl::confusion_matrix::of(tl::predict_all(trainer, data).view());
///     fmt::print("{}", matrix.str({"cat", "dog"}));
///
/// A share of nothing (the precision of a class never predicted, the recall of one that never
/// occurs) is 0, as in scikit-learn.
class confusion_matrix {
 public:
  /// An empty matrix of `classes` classes, at least one.
  TAPELESS_NATIVE explicit confusion_matrix(int classes)
      : classes_(classes), counts_(static_cast<std::size_t>(classes * (classes + 1))) {}

  /// Counts every row of `p`: output_size classes, or two for a single output that exceeds
  /// `threshold` or not. Rows whose label the loss ignores do not count. Throws train_error for a
  /// target that is no class.
  template <class T>
  TAPELESS_NATIVE static confusion_matrix of(const prediction_view<T>& p, T threshold = T(0.5)) {
    confusion_matrix matrix(p.output_size == 1 ? 2 : p.output_size);
    require_class_targets(p, "confusion_matrix");
    for (int i = 0; i < p.count; ++i)
      if (p.counts(i))
        matrix.add(target_class(p.target(i)), predicted_class(p.output(i), threshold));
    return matrix;
  }

  /// Counts one sample. A `predicted` that is no class (a model's NaN) goes to column classes(),
  /// where it weighs on recall and accuracy.
  TAPELESS_NATIVE void add(int actual, int predicted) {
    if (actual < 0 || actual >= classes_)
      throw train_error(fmt::format("confusion_matrix: target class {} is outside 0 to {}", actual,
                                    classes_ - 1));
    ++counts_[index(actual, predicted < 0 || predicted >= classes_ ? classes_ : predicted)];
  }

  TAPELESS_NATIVE int classes() const { return classes_; }

  /// Samples of class `actual` taken for `predicted`; classes() stands for no class.
  TAPELESS_NATIVE long count(int actual, int predicted) const {
    return counts_[index(actual, predicted)];
  }

  /// Samples of class `c`.
  TAPELESS_NATIVE long actual(int c) const {
    long sum = 0;
    for (int j = 0; j <= classes_; ++j) sum += count(c, j);
    return sum;
  }

  /// Samples taken for class `c`.
  TAPELESS_NATIVE long predicted(int c) const {
    long sum = 0;
    for (int i = 0; i < classes_; ++i) sum += count(i, c);
    return sum;
  }

  TAPELESS_NATIVE long total() const {
    long sum = 0;
    for (long n : counts_) sum += n;
    return sum;
  }

  /// Of the samples taken for `c`, the share that are.
  TAPELESS_NATIVE double precision(int c) const { return share(count(c, c), predicted(c)); }

  /// Of the samples that are `c`, the share found.
  TAPELESS_NATIVE double recall(int c) const { return share(count(c, c), actual(c)); }

  /// Harmonic mean of precision and recall.
  TAPELESS_NATIVE double f1(int c) const {
    return share(2 * count(c, c), predicted(c) + actual(c));
  }

  TAPELESS_NATIVE double accuracy() const {
    long right = 0;
    for (int c = 0; c < classes_; ++c) right += count(c, c);
    return share(right, total());
  }

  /// The matrix as a table, actual classes down and predicted ones across, with precision, recall
  /// and F1 of each class; classes beyond `names` show their index.
  TAPELESS_NATIVE std::string str(const std::vector<std::string>& names = {}) const {
    const auto name = [&](int c) {
      const auto i = static_cast<std::size_t>(c);
      return i < names.size() ? names[i] : std::to_string(c);
    };
    const bool none = predicted(classes_) > 0;
    std::vector<table_column> columns{{"actual \\ predicted", alignment::left}};
    for (int c = 0; c < classes_; ++c) columns.push_back({name(c)});
    if (none) columns.push_back({"(none)"});
    for (const char* figure : {"precision", "recall", "F1"}) columns.push_back({figure});
    text_table table(std::move(columns));
    for (int i = 0; i < classes_; ++i) {
      std::vector<std::string> cells{name(i)};
      for (int j = 0; j < classes_ + none; ++j) cells.push_back(std::to_string(count(i, j)));
      for (double figure : {precision(i), recall(i), f1(i)})
        cells.push_back(fmt::format("{:.4f}", figure));
      table.add_row(std::move(cells));
    }
    return table.str() + fmt::format("accuracy {:.4f} of {} samples\n", accuracy(), total());
  }

 private:
  TAPELESS_NATIVE static double share(long part, long whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  }
  TAPELESS_NATIVE std::size_t index(int actual, int predicted) const {
    return static_cast<std::size_t>(actual * (classes_ + 1) + predicted);
  }

  int classes_;
  std::vector<long> counts_;  // a row per actual class; its last column holds "no class"
};

}  // namespace tapeless
