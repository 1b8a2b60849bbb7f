#pragma once
// Aligned text tables: per-epoch tables, summaries and benchmark tables share this one printer.

#include <tapeless/core/config.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tapeless {

enum class alignment { left, right };

/// One column of a text_table: its header, which side its cells lean on, and how many digits a
/// floating-point cell shows. `min_width` fixes a width early, for tables printed row by row.
struct table_column {
  std::string header;
  alignment align = alignment::right;
  int precision = 4;
  std::size_t min_width = 0;
};

/// A table of text with aligned columns.
///
///     text_table t{{{"layer", alignment::left}, {"parameters"}, {"us", alignment::right, 2}}};
///     t.add("dense 8", 24, 0.118);
///     fmt::print("{}", t.str());
///
/// Cells beyond the columns are dropped and missing ones stay empty. Width is counted in code
/// points, which is right for text without combining or double-width characters.
class text_table {
 public:
  TAPELESS_NATIVE explicit text_table(std::vector<table_column> columns)
      : columns_(std::move(columns)) {
    for (const table_column& column : columns_)
      widths_.push_back(std::max(column.min_width, width_of(column.header)));
  }

  /// Appends a row of ready text.
  TAPELESS_NATIVE void add_row(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    for (std::size_t i = 0; i < cells.size(); ++i)
      widths_[i] = std::max(widths_[i], width_of(cells[i]));
    rows_.push_back(std::move(cells));
  }

  /// Appends a row of values: floating-point numbers take their column's precision, everything
  /// else is printed as it is.
  template <class... Values>
  TAPELESS_NATIVE void add(const Values&... values) {
    std::vector<std::string> cells;
    (cells.push_back(cell(cells.size(), values)), ...);
    add_row(std::move(cells));
  }

  /// Text of one value as column `column` shows it. Large and tiny magnitudes switch to exponents.
  template <class Value>
  TAPELESS_NATIVE std::string cell(std::size_t column, const Value& value) const {
    if constexpr (std::floating_point<Value>) {
      const int digits = column < columns_.size() ? columns_[column].precision : 4;
      const double v = static_cast<double>(value), size = v < 0 ? -v : v;
      const bool fits = v == 0 || size != size || (size >= 1e-3 && size < 1e7);
      return fits ? fmt::format("{:.{}f}", v, digits) : fmt::format("{:.{}e}", v, digits);
    } else {
      return fmt::format("{}", value);
    }
  }

  TAPELESS_NATIVE std::size_t rows() const { return rows_.size(); }

  /// The header line and the rule under it, each ending in a newline.
  TAPELESS_NATIVE std::string header() const {
    std::vector<std::string> names;
    std::string rule;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      names.push_back(columns_[i].header);
      if (i != 0) rule += "  ";
      rule += std::string(widths_[i], '-');
    }
    return line(names) + rule + '\n';
  }

  /// Row `index`, ending in a newline.
  TAPELESS_NATIVE std::string row(std::size_t index) const { return line(rows_.at(index)); }

  /// The whole table.
  TAPELESS_NATIVE std::string str() const {
    std::string text = header();
    for (const auto& cells : rows_) text += line(cells);
    return text;
  }

 private:
  TAPELESS_NATIVE static std::size_t width_of(std::string_view text) {
    // UTF-8 continuation bytes do not start a character.
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
      return (static_cast<unsigned>(c) & 0xC0u) != 0x80u;
    }));
  }

  TAPELESS_NATIVE std::string line(const std::vector<std::string>& cells) const {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string padding(widths_[i] - std::min(widths_[i], width_of(cells[i])), ' ');
      if (i != 0) text += "  ";
      text += columns_[i].align == alignment::left ? cells[i] + padding : padding + cells[i];
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + '\n';
  }

  std::vector<table_column> columns_;
  std::vector<std::size_t> widths_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace tapeless
