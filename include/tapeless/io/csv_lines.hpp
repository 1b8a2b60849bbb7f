#pragma once
// The lines of a CSV text and their fields: line ends, quotes, comments, and what counts as a
// number.

#include <tapeless/core/config.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/io/joined.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace tapeless {

/// Text without spaces, tabs and carriage returns at its ends.
TAPELESS_NATIVE inline std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Has a text a letter, an underscore or a character beyond ASCII?
TAPELESS_NATIVE inline bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

/// Does a field without white space stand for a value that is missing? Those that pandas.read_csv
/// takes, but for the spellings of NaN, which are numbers; and "?" of the UCI repository.
TAPELESS_NATIVE inline bool is_missing_word(std::string_view field) {
  static constexpr std::array<std::string_view, 15> words{
      "",     "NA",   "N/A",  "n/a",  "#N/A",     "#NA",      "#N/A N/A", "<NA>",
      "NULL", "null", "None", "?",    "-1.#IND", "-1.#QNAN", "1.#IND"};
  return field == "1.#QNAN" || std::find(words.begin(), words.end(), field) != words.end();
}

/// A number, or why there is none.
struct csv_value {
  double number = 0;
  bool valid = false;
  bool out_of_range = false;

  TAPELESS_NATIVE explicit operator bool() const { return valid; }
};

/// Is a decimal number that a double cannot hold too small, rather than too large?
/// Precondition: the text has the form of a number.
TAPELESS_NATIVE inline bool is_too_small(std::string_view digits) {
  const std::size_t mark = digits.find_first_of("eE");
  const std::string_view mantissa = digits.substr(0, mark);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == mantissa.npos) return true;
  // The power of ten of the first digit, without the exponent that is written.
  const long scale = first < point ? static_cast<long>(point - first) - 1
                                   : static_cast<long>(point) - static_cast<long>(first);
  long exponent = 0;
  if (mark != digits.npos) {
    std::string_view written = digits.substr(mark + 1);
    if (written.starts_with('+')) written.remove_prefix(1);
    const auto [end, code] =
        std::from_chars(written.data(), written.data() + written.size(), exponent);
    if (code != std::errc{}) return written.starts_with('-');
  }
  return scale < -exponent;
}

/// The number of a field without white space. A number below double's range is 0, one beyond it is
/// out of range.
TAPELESS_NATIVE inline csv_value csv_number(std::string_view field) {
  std::string_view digits = field;
  if (digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
  csv_value result;
  const char* const last = digits.data() + digits.size();
  const auto [end, code] = std::from_chars(digits.data(), last, result.number);
  if (end != last || digits.empty()) return {};
  if (code == std::errc::result_out_of_range) {
    result.number = digits.starts_with('-') ? -0.0 : 0.0;
    result.valid = is_too_small(digits);
    result.out_of_range = !result.valid;
  } else {
    result.valid = code == std::errc{};
  }
  return result;
}

/// "the columns are 'a', 'b'", the first twenty.
TAPELESS_NATIVE inline std::string csv_names(const std::vector<std::string>& names) {
  constexpr std::size_t most = 20;
  std::vector<std::string> quoted;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) quoted.push_back(quote(names[i]));
  return fmt::format("the columns {}{}", detail::joined(quoted, ", "),
                     names.size() > most ? fmt::format(" and {} more", names.size() - most) : "");
}

/// A field of a line, as it stands in the text.
struct csv_field {
  std::string_view raw;    ///< without quotes and the white space outside of them
  bool quoted = false;     ///< doubled quotes in `raw` stand for one
  std::size_t line = 0;    ///< where the field begins
  std::size_t column = 0;  ///< from 1, in bytes

  /// The content, without white space at its ends, in `room` if it needs room.
  TAPELESS_NATIVE std::string_view text(std::string& room) const {
    const std::string_view content = trimmed(raw);
    if (!quoted || content.find('"') == content.npos) return content;
    return room = text();
  }

  /// A copy of the content, without white space at its ends.
  TAPELESS_NATIVE std::string text() const {
    const std::string_view content = trimmed(raw);
    std::string result;
    result.reserve(content.size());
    for (std::size_t i = 0; i < content.size(); ++i) {
      result += content[i];
      if (quoted && content.substr(i).starts_with("\"\"")) ++i;
    }
    return result;
  }
};

/// Takes the lines of a text one by one and splits them.
class csv_lines {
 public:
  TAPELESS_NATIVE csv_lines(const std::filesystem::path& file, std::string_view text,
                            char delimiter, char comment)
      : file_(file), text_(text), delimiter_(delimiter), comment_(comment) {
    if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
  }

  /// The fields of the next line that is neither empty, nor a comment, nor one of the first `skip`
  /// lines; false at the end. Errors: file_error for a quote without end.
  TAPELESS_NATIVE bool next(std::vector<csv_field>& fields, int skip) {
    while (at_ < text_.size()) {
      begin_ = at_;
      line_ = last_line_ + 1;
      // Most lines show with their first character that they are neither empty nor a comment.
      std::size_t start = at_;
      while (start < text_.size() && (text_[start] == ' ' || text_[start] == '\t')) ++start;
      const bool nothing = start == text_.size() || is_end(text_[start]);
      // Tabs alone are empty fields where tabs separate them.
      const bool empty = nothing && (delimiter_ != '\t' ||
                                     text_.substr(at_, start - at_).find('\t') == text_.npos);
      const bool comment = !nothing && text_[start] == comment_ && is_comment(start);
      if (empty || comment || std::cmp_less_equal(line_, skip)) {
        const std::size_t end = end_of_line(start);
        if (comment && std::cmp_greater(line_, skip))
          comment_text_ = text_.substr(start + 1, end - start - 1);
        size_ = end - at_;
        at_ = after_line(end);
        last_line_ = line_;
        continue;
      }
      split(fields);
      return true;
    }
    return false;
  }

  /// The fields of the last comment before the line that was taken last.
  TAPELESS_NATIVE std::vector<csv_field> fields_of_comment() const {
    std::vector<csv_field> fields;
    if (comment_text_.find('"') != comment_text_.npos || trimmed(comment_text_).empty()) return {};
    csv_lines(file_, comment_text_, delimiter_, '\0').next(fields, 0);
    return fields;
  }

  /// The number of the line that was taken last, from 1, and its size in bytes.
  TAPELESS_NATIVE std::size_t line() const { return line_; }
  TAPELESS_NATIVE std::size_t line_size() const { return size_; }

 private:
  static bool is_end(char c) { return c == '\n' || c == '\r'; }

  /// Is a line whose first character is that of comments one?
  TAPELESS_NATIVE bool is_comment(std::size_t start) const {
    if (comment_ == '\0') return false;
    // A spreadsheet's mark of a missing value is no comment.
    const std::string_view line = text_.substr(start, end_of_line(start) - start);
    return !is_missing_word(trimmed(line.substr(0, line.find(delimiter_))));
  }

  TAPELESS_NATIVE std::size_t end_of_line(std::size_t from) const {
    while (from < text_.size() && !is_end(text_[from])) ++from;
    return from;
  }
  TAPELESS_NATIVE std::size_t after_line(std::size_t end) const {
    return end + (text_.substr(end).starts_with("\r\n") ? 2 : 1);
  }

  TAPELESS_NATIVE bool is_space_around_fields(char c) const {
    return (c == ' ' || c == '\t') && (delimiter_ == ' ' || c != delimiter_);
  }
  TAPELESS_NATIVE std::size_t end_of_field(std::size_t at) const {
    // Locals, because a store through a member would make every character a load of the members.
    const std::string_view text = text_;
    const char delimiter = delimiter_;
    const char other = delimiter == ' ' ? '\t' : delimiter;
    while (at < text.size() && text[at] != delimiter && text[at] != other && !is_end(text[at]))
      ++at;
    return at;
  }
  TAPELESS_NATIVE bool at_end_of_line() const { return at_ >= text_.size() || is_end(text_[at_]); }

  TAPELESS_NATIVE void split(std::vector<csv_field>& fields) {
    fields.clear();
    last_line_ = line_;
    line_begin_ = begin_;
    while (true) {
      const std::size_t first = at_;
      while (!at_end_of_line() && is_space_around_fields(text_[at_])) ++at_;
      if (delimiter_ == ' ' && at_end_of_line()) break;
      fields.push_back(take_field(first));
      if (at_end_of_line()) break;
      ++at_;
    }
    size_ = at_ - begin_;
    at_ = after_line(at_);
  }

  /// The field whose white space begins at `first` and whose content begins here.
  TAPELESS_NATIVE csv_field take_field(std::size_t first) {
    const std::size_t start = at_;
    csv_field field{{}, false, last_line_, start - line_begin_ + 1};
    if (at_ < text_.size() && text_[at_] == '"') {
      field.quoted = true;
      field.raw = quoted_text(field);
    }
    const std::size_t behind = at_;
    at_ = end_of_field(at_);
    const std::string_view rest = trimmed(text_.substr(behind, at_ - behind));
    // What follows a closing quote belongs to the field, which then is no number.
    if (field.quoted && rest.empty()) return field;
    field.quoted = false;
    field.raw = trimmed(text_.substr(start, at_ - start));
    if (field.raw.empty()) field.column = first - line_begin_ + 1;
    return field;
  }

  /// The text between quotes, which begins here; goes on behind the closing quote.
  TAPELESS_NATIVE std::string_view quoted_text(const csv_field& field) {
    const std::size_t start = ++at_;
    while (true) {
      const std::size_t next = text_.find_first_of("\"\r\n", at_);
      if (next == text_.npos) {
        throw file_error::at_line(file_, field.line, field.column, "a quote without end",
                                  "a closing quote");
      }
      if (text_[next] != '"') {
        at_ = line_begin_ = after_line(next);
        ++last_line_;
      } else if (text_.substr(next).starts_with("\"\"")) {
        at_ = next + 2;
      } else {
        at_ = next + 1;
        return text_.substr(start, next - start);
      }
    }
  }

  std::filesystem::path file_;
  std::string_view text_;
  char delimiter_;
  char comment_;
  std::string_view comment_text_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;       // of the line that was taken last
  std::size_t line_begin_ = 0;  // of the line of the text, of which quotes may hold several
  std::size_t size_ = 0;
  std::size_t line_ = 0;
  std::size_t last_line_ = 0;
};

}  // namespace tapeless
