#pragma once
// Tables of numbers as text: comma, semicolon, tab or space separated.

#include <tapeless/core/config.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/io/gzip.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace tapeless {

/// How a CSV file is laid out.
struct csv_options {
  char delimiter = ',';  ///< ' ' means any run of spaces and tabs
  bool header = false;   ///< the first line (after `skip`) names the columns
  int skip = 0;          ///< lines to pass over at the beginning
};

/// A table of numbers, row by row.
struct csv_table {
  std::vector<std::string> header;  ///< column names, empty without a header
  std::vector<double> values;       ///< rows * columns
  std::size_t rows = 0;
  std::size_t columns = 0;

  TAPELESS_NATIVE double at(std::size_t row, std::size_t column) const {
    return values[row * columns + column];
  }
};

/// Takes a CSV text apart; remembers where it is for the messages.
class csv_parser {
 public:
  TAPELESS_NATIVE csv_parser(const std::filesystem::path& file, std::string_view text,
                             const csv_options& options)
      : file_(file), text_(text), options_(options) {}

  TAPELESS_NATIVE csv_table parse() {
    csv_table table;
    bool want_header = options_.header;
    for (std::string_view line; next_line(line);) {
      if (std::cmp_less_equal(line_, options_.skip) || trimmed(line).empty()) continue;
      const std::vector<std::string_view> fields = split(line);
      if (want_header) {
        for (const std::string_view field : fields) table.header.push_back(column_name(field));
        want_header = false;
        table.columns = fields.size();
        first_line_ = line_;
        continue;
      }
      if (table.columns == 0) {
        table.columns = fields.size();
        first_line_ = line_;
      }
      if (fields.size() != table.columns) {
        throw file_error::at_line(file_, line_, line.size() + 1,
                                  fmt::format("{} fields", fields.size()),
                                  fmt::format("{} as in line {}", table.columns, first_line_));
      }
      for (const std::string_view field : fields) {
        table.values.push_back(
            number(field, static_cast<std::size_t>(field.data() - line.data()) + 1));
      }
      ++table.rows;
    }
    if (table.rows == 0) {
      throw file_error::at_line(file_, line_ + 1, 1, "the end of the file", "a row of numbers");
    }
    return table;
  }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

  TAPELESS_NATIVE static std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
  }

  TAPELESS_NATIVE bool next_line(std::string_view& line) {
    if (at_ >= text_.size()) return false;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    line = text_.substr(at_, end - at_);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    at_ = end + 1;
    ++line_;
    return true;
  }

  TAPELESS_NATIVE std::vector<std::string_view> split(std::string_view line) const {
    std::vector<std::string_view> fields;
    if (options_.delimiter == ' ') {
      for (std::size_t i = 0; i < line.size();) {
        std::size_t end = i;
        while (end < line.size() && !is_space(line[end])) ++end;
        if (end > i) fields.push_back(line.substr(i, end - i));
        i = end + 1;
      }
      return fields;
    }
    std::size_t begin = 0;
    while (true) {
      const std::size_t end = std::min(line.find(options_.delimiter, begin), line.size());
      fields.push_back(line.substr(begin, end - begin));
      if (end == line.size()) return fields;
      begin = end + 1;
    }
  }

  TAPELESS_NATIVE static std::string column_name(std::string_view field) {
    field = trimmed(field);
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
      field = field.substr(1, field.size() - 2);
    }
    return std::string(field);
  }

  TAPELESS_NATIVE double number(std::string_view field, std::size_t column) const {
    std::string_view digits = trimmed(field);
    if (digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
    double value = 0;
    const char* const last = digits.data() + digits.size();
    const auto [end, code] = std::from_chars(digits.data(), last, value);
    if (code != std::errc{} || end != last) {
      throw file_error::at_line(
          file_, line_, column, trimmed(field).empty() ? "an empty field" : quote(trimmed(field)),
          code == std::errc::result_out_of_range ? "a number within double's range" : "a number");
    }
    return value;
  }

  std::filesystem::path file_;
  std::string_view text_;
  csv_options options_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  std::size_t first_line_ = 0;
};

/// Reads a table of numbers, plain or gzip. Empty lines are passed over; "nan" and "inf" are
/// numbers. Errors: file_error with line and column for a field that is no number, a row of another
/// length than the first one, and a file without rows.
TAPELESS_NATIVE inline csv_table read_csv(const std::filesystem::path& file,
                                          const csv_options& options = {}) {
  const byte_buffer content = read_plain_or_gzip(file);
  const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
  return csv_parser(file, text, options).parse();
}

}  // namespace tapeless
