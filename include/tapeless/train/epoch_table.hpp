#pragma once
// The table fit prints while it runs.

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/train/history.hpp>
#include <tapeless/train/table.hpp>
#include <vector>

namespace tapeless {

/// Prints a line per epoch as it ends: epoch, loss per sample, validation loss if there is one, the
/// metrics, learning rate and, if wanted, seconds. The header comes with the first line.
class epoch_table {
 public:
  /// A null `out` prints nothing.
  TAPELESS_NATIVE epoch_table(std::FILE* out, int epochs, bool validation, bool seconds,
                              const std::vector<std::string>& metric_names)
      : out_(out),
        validation_(validation),
        seconds_(seconds),
        table_(columns(epochs, validation, seconds, metric_names)) {}

  TAPELESS_NATIVE void print(const epoch_record& r) {
    if (out_ == nullptr) return;
    std::size_t column = 0;
    std::vector<std::string> cells;
    const auto add = [&](auto value) { cells.push_back(table_.cell(column++, value)); };
    add(r.epoch);
    add(r.train_loss);
    if (validation_) add(r.validation_loss);
    for (double value : r.metrics) add(value);
    add(fmt::format("{:.4g}", r.learning_rate));
    if (seconds_) add(r.seconds);
    table_.add_row(std::move(cells));
    if (table_.rows() == 1) fmt::print(out_, "{}", table_.header());
    fmt::print(out_, "{}", table_.row(table_.rows() - 1));
    std::fflush(out_);
  }

 private:
  TAPELESS_NATIVE static std::vector<table_column> columns(
      int epochs, bool validation, bool seconds, const std::vector<std::string>& metric_names) {
    // Rows are printed before later ones are known, so widths are set wide enough beforehand.
    std::vector<table_column> result{{"epoch", alignment::right, 0, std::to_string(epochs).size()},
                                     {"train loss", alignment::right, 6, 12}};
    if (validation) result.push_back({"validation loss", alignment::right, 6, 12});
    for (const std::string& name : metric_names) result.push_back({name, alignment::right, 4, 10});
    result.push_back({"learning rate", alignment::right, 4, 10});
    if (seconds) result.push_back({"seconds", alignment::right, 3, 8});
    return result;
  }

  std::FILE* out_;
  bool validation_, seconds_;
  text_table table_;
};

}  // namespace tapeless
