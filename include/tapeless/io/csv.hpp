#pragma once
// Tables of numbers as text: comma, semicolon, tab or space separated.

#include <tapeless/core/config.hpp>
#include <tapeless/io/csv_lines.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/io/file_kind.hpp>
#include <tapeless/io/gzip.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tapeless {

/// What to do where a table has no number: an empty field, or one of the words NA, N/A, NULL, None,
/// ? and others of that kind (is_missing_word).
enum class csv_missing {
  refuse,    ///< an error with line and column; "nan" is a number then
  as_nan,    ///< read as NaN
  as_fill,   ///< read as `fill`, and NaN as well
  drop_row,  ///< leave the row out, and rows with NaN as well
};

/// A column of a table, by name or by index; -1 is the last one.
class csv_column {
 public:
  TAPELESS_NATIVE csv_column(const char* name) : name_(name) {}
  TAPELESS_NATIVE csv_column(std::string name) : name_(std::move(name)) {}
  TAPELESS_NATIVE csv_column(int index) : index_(index) {}

  TAPELESS_NATIVE const std::optional<std::string>& name() const { return name_; }
  TAPELESS_NATIVE int index() const { return index_; }

 private:
  std::optional<std::string> name_;
  int index_ = 0;
};

/// How a CSV file is laid out, and which part of it is wanted.
struct csv_options {
  char delimiter = ',';  ///< ' ' means any run of spaces and tabs
  /// Whether the first line (after `skip`, empty lines and comments) names the columns. Left out:
  /// it does if each of its fields has a letter and none is a number or a missing word.
  std::optional<bool> header = std::nullopt;
  int skip = 0;        ///< lines to pass over at the beginning
  char comment = '#';  ///< lines that begin with it are passed over; '\0': there are none
  std::vector<csv_column> columns = {};  ///< those to read, in this order; empty: all
  csv_missing missing = csv_missing::refuse;
  double fill = 0;  ///< for csv_missing::as_fill
};

/// A table of numbers, row by row.
struct csv_table {
  std::vector<std::string> header;  ///< column names, empty without a header
  std::vector<double> values;       ///< rows * columns
  std::size_t rows = 0;
  std::size_t columns = 0;

  /// Errors: std::runtime_error beyond the table.
  TAPELESS_NATIVE double at(std::size_t row, std::size_t column) const {
    if (row >= rows || column >= columns)
      throw std::runtime_error(fmt::format("csv_table: row {}, column {} of a table of {} x {}",
                                           row, column, rows, columns));
    return values[row * columns + column];
  }

  /// The index of the column of that name. Errors: std::runtime_error that lists the names if there
  /// is none or several.
  TAPELESS_NATIVE std::size_t column(std::string_view name) const {
    const auto count = std::count(header.begin(), header.end(), name);
    if (count != 1) {
      throw std::runtime_error(
          fmt::format("csv_table: {} columns are called {}; {}", count, quote(name),
                      csv_names(header)));
    }
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) -
                                    header.begin());
  }
};

/// Throws file_error for options that contradict each other or that no file can follow.
TAPELESS_NATIVE inline void require_sound(const std::filesystem::path& file,
                                          const csv_options& options) {
  const auto refuse = [&](const std::string& why) { throw file_error(file, "read_csv: " + why); };
  const char c = options.delimiter;
  const char lower = static_cast<char>(c | 0x20);
  if ((c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || std::string_view("+-.\"\r\n").find(c) != std::string_view::npos ||
      c == '\0')
    refuse(fmt::format("the delimiter is {}, which numbers, quotes and lines need",
                       quote(std::string_view(&c, 1))));
  if (c == options.comment)
    refuse(fmt::format("delimiter and comment are both {}", quote(std::string_view(&c, 1))));
  if (options.fill != 0 && options.missing != csv_missing::as_fill)
    refuse(fmt::format("fill is {}, but missing is not csv_missing::as_fill", options.fill));
}

/// Takes a CSV text apart; remembers where it is for the messages.
class csv_parser {
 public:
  TAPELESS_NATIVE csv_parser(const std::filesystem::path& file, std::string_view text,
                             const csv_options& options)
      : file_(file), options_(options), lines_(file, text, options.delimiter, options.comment) {
    require_sound(file, options);
  }

  TAPELESS_NATIVE csv_table parse() {
    csv_table table;
    bool first = true;
    std::vector<csv_field> fields;
    while (lines_.next(fields, options_.skip)) {
      if (std::exchange(first, false)) {
        width_ = fields.size();
        first_line_ = lines_.line();
        const bool names = begin(fields, table);
        table.columns = wanted_.size();
        if (names) continue;
      }
      if (fields.size() != width_) refuse_width(fields.size());
      if (read(fields, table.values)) ++table.rows;
    }
    if (table.rows == 0) {
      throw file_error::at_line(file_, lines_.line() + 1, 1, "the end of the file",
                                dropped_ > 0 ? fmt::format("a row without missing values ({} rows "
                                                           "have some)",
                                                           dropped_)
                                             : "a row of numbers");
    }
    return table;
  }

 private:
  /// The first line of the table. Returns whether it holds the names.
  TAPELESS_NATIVE bool begin(const std::vector<csv_field>& fields, csv_table& table) {
    bool all_numbers = true;
    bool all_names = true;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::string text = fields[i].text();
      const csv_value value = csv_number(text);
      all_numbers = all_numbers && (value || is_missing_word(text));
      const bool name = has_letter(text) && !value && !value.out_of_range && !is_missing_word(text);
      // pandas leaves the name of its index, the first column, empty.
      all_names = all_names && (name || (i == 0 && text.empty() && fields.size() > 1));
    }
    // numpy.savetxt puts the names into a comment.
    const std::vector<csv_field> commented = lines_.fields_of_comment();
    const bool name_comment = commented.size() == fields.size() && all_numbers &&
                              (commented.size() > 1 || options_.header.value_or(false)) &&
                              options_.header.value_or(true) &&
                              std::all_of(commented.begin(), commented.end(),
                                          [](const csv_field& f) { return has_letter(f.text()); });
    const bool names = !name_comment && options_.header.value_or(all_names);
    guessed_ = !options_.header && !names;
    std::vector<std::string> header;
    if (names || name_comment) {
      for (const csv_field& field : names ? fields : commented) header.push_back(field.text());
    }
    choose_columns(header);
    for (const std::size_t column : wanted_) {
      if (!header.empty()) table.header.push_back(header[column]);
    }
    return names;
  }

  TAPELESS_NATIVE void choose_columns(const std::vector<std::string>& header) {
    const auto refuse = [&](std::string_view found, std::string_view expected) {
      throw file_error::at_line(file_, first_line_, 1, found, expected);
    };
    if (options_.columns.empty()) {
      for (std::size_t i = 0; i < width_; ++i) wanted_.push_back(i);
    }
    const auto width = static_cast<int>(width_);
    for (const csv_column& column : options_.columns) {
      if (!column.name()) {
        if (column.index() < -width || column.index() >= width)
          refuse(fmt::format("{} columns", width), fmt::format("a column {}", column.index()));
        wanted_.push_back(
            static_cast<std::size_t>(column.index() < 0 ? column.index() + width : column.index()));
        continue;
      }
      const auto count = std::count(header.begin(), header.end(), *column.name());
      if (header.empty()) {
        refuse("no names of columns", fmt::format("a column {}; csv_options{{.header = true}} says "
                                                  "that this line has the names",
                                                  quote(*column.name())));
      }
      if (count != 1)
        refuse(csv_names(header), fmt::format("{} column {}", count == 0 ? "a" : "only one",
                                              quote(*column.name())));
      wanted_.push_back(static_cast<std::size_t>(
          std::find(header.begin(), header.end(), *column.name()) - header.begin()));
    }
  }

  /// Adds the wanted fields of a row. Returns false for a row that is dropped.
  TAPELESS_NATIVE bool read(const std::vector<csv_field>& fields, std::vector<double>& values) {
    const std::size_t before = values.size();
    const bool refuse = options_.missing == csv_missing::refuse;
    const double instead = options_.missing == csv_missing::as_fill
                               ? options_.fill
                               : std::numeric_limits<double>::quiet_NaN();
    bool missing = false;
    for (const std::size_t column : wanted_) {
      const std::string_view text = fields[column].text(room_);
      const csv_value value = csv_number(text);
      // Unless missing values are refused, NaN is one: other programs write it for them.
      const bool none = !refuse && (value ? std::isnan(value.number) : is_missing_word(text));
      if (!value && !none) refuse_field(fields[column], std::string(text), value.out_of_range);
      missing = missing || none;
      values.push_back(none ? instead : value.number);
    }
    if (!missing || options_.missing != csv_missing::drop_row) return true;
    values.resize(before);
    ++dropped_;
    return false;
  }

  TAPELESS_NATIVE void refuse_width(std::size_t count) const {
    throw file_error::at_line(file_, lines_.line(), lines_.line_size() + 1,
                              fmt::format("{} fields", count),
                              fmt::format("{} as in line {}", width_, first_line_));
  }

  TAPELESS_NATIVE [[noreturn]] void refuse_field(const csv_field& field, const std::string& text,
                                 bool out_of_range) const {
    std::string expected = out_of_range ? "a number within double's range" : "a number";
    const bool first_row = guessed_ && field.line == first_line_;
    constexpr std::string_view delimiters = ";\t|";
    const std::size_t other =
        options_.delimiter == ',' && width_ == 1 ? text.find_first_of(delimiters) : text.npos;
    if (other != text.npos) {
      expected += fmt::format("; is the delimiter {}?", quote(text.substr(other, 1)));
    } else if (first_row && has_letter(text) && !is_missing_word(text) && !out_of_range) {
      expected +=
          "; if this line has the names of the columns, say csv_options{.header = true}";
    } else if (!text.empty() && is_missing_word(text)) {
      expected += "; csv_options{.missing = ...} takes missing values";
    }
    throw file_error::at_line(file_, field.line, field.column,
                              text.empty() ? "an empty field" : quote(text), expected);
  }

  std::filesystem::path file_;
  csv_options options_;
  csv_lines lines_;
  std::vector<std::size_t> wanted_;  // columns of the file
  std::string room_;
  std::size_t width_ = 0;            // columns of the file
  std::size_t first_line_ = 0;
  std::size_t dropped_ = 0;
  bool guessed_ = false;  // the first line was taken for numbers without being asked
};

/// Reads a table of numbers, plain or gzip, in UTF-8 with or without a byte order mark. Lines end
/// with LF, CRLF or CR. Empty lines and comments are passed over. Fields may be quoted; a quoted
/// one may hold delimiters, doubled quotes and line ends. Numbers are those of C++'s from_chars,
/// whatever the locale: a point, no thousands separators; "nan" and "inf" are numbers; those too
/// small for a double are 0.
/// Errors: file_error with line and column for a field that is no number, a row of another length
/// than the first one, a quote without end, a column that is not there, and a file without rows;
/// file_error that names what it is for a file of another format.
TAPELESS_NATIVE inline csv_table read_csv(const std::filesystem::path& file,
                                          const csv_options& options = {}) {
  const byte_buffer content = read_plain_or_gzip(file);
  const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
  try {
    return csv_parser(file, text, options).parse();
  } catch (const file_error&) {
    if (const auto kind = content.empty() ? std::nullopt : find_file_kind(file, content)) {
      throw file_error(file, fmt::format("found {}, expected a table of numbers as text: {}",
                                         kind->name, kind->advice));
    }
    throw;
  }
}

}  // namespace tapeless
