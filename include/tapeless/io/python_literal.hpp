#pragma once
// Literals of Python: what the text header of a .npy file is written in.

#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>
#include <tapeless/io/error.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

namespace tapeless {

/// Reads a text from its beginning: strings, True and False, whole numbers and tuples of them, and
/// single characters, as Python's parser takes them. All functions pass over white space and
/// comments first. Errors: file_error with the byte of the file, what stands there and what was
/// expected.
class python_literal_reader {
 public:
  /// A number, or a tuple of numbers.
  struct item {
    bool is_tuple = false;
    std::int64_t number = 0;
    array_shape numbers;
  };

  /// The text begins at byte `start` of the file; `version` is that of the .npy format.
  TAPELESS_NATIVE python_literal_reader(const std::filesystem::path& file, std::string_view text,
                                        std::size_t start, unsigned version)
      : file_(file), text_(text), start_(start), version_(version) {}

  /// The text, and how much of it has been read.
  TAPELESS_NATIVE std::string_view text() const { return text_; }
  TAPELESS_NATIVE std::size_t position() const { return at_; }

  /// Throws file_error: what stands at byte `at` of the text, and what was expected there.
  TAPELESS_NATIVE [[noreturn]] void fail(std::size_t at, std::string_view found,
                                         std::string_view expected) const {
    throw file_error::at_byte(file_, start_ + at, found, expected);
  }
  /// What comes next, for messages.
  TAPELESS_NATIVE std::string found() const {
    return at_ < text_.size() ? quote(text_.substr(at_)) : "the end";
  }

  /// Passes over white space, comments and lines that go on after a backslash.
  TAPELESS_NATIVE void skip_space() {
    while (at_ < text_.size()) {
      if (std::string_view(" \n\t\r\f").find(peek()) != std::string_view::npos) {
        ++at_;
      } else if (peek() == '\\' && peek(1) == '\n') {
        at_ += 2;
      } else if (peek() == '\\' && peek(1) == '\r' && peek(2) == '\n') {
        at_ += 3;
      } else if (peek() == '#') {
        while (at_ < text_.size() && peek() != '\n' && peek() != '\r') ++at_;
      } else {
        return;
      }
    }
  }
  TAPELESS_NATIVE bool accept(char c) {
    skip_space();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  TAPELESS_NATIVE void expect(char c) {
    if (!accept(c)) fail(at_, found(), fmt::format("{} in the .npy header", quote({&c, 1})));
  }
  /// Passes over opening parentheses; as many have to close after the value.
  TAPELESS_NATIVE int parentheses() {
    int count = 0;
    while (accept('(')) ++count;
    return count;
  }

  /// One or more string literals, which Python joins.
  TAPELESS_NATIVE std::string parse_string() {
    int open = parentheses();
    std::string word;
    skip_space();
    if (!string_begins()) fail(at_, found(), "a quoted word in the .npy header");
    while (string_begins()) {
      parse_literal(word);
      skip_space();
    }
    for (; open > 0; --open) expect(')');
    return word;
  }

  /// True or False.
  TAPELESS_NATIVE bool parse_bool() {
    int open = parentheses();
    skip_space();
    for (const std::string_view word : {"False", "True"}) {
      if (!text_.substr(at_).starts_with(word) || is_word(peek(word.size()))) continue;
      at_ += word.size();
      for (; open > 0; --open) expect(')');
      return word == "True";
    }
    fail(at_, found(), "True or False");
  }

  /// A number, a tuple, or one of them in parentheses. A comma makes the tuple.
  TAPELESS_NATIVE item parse_item(int depth = 0) {
    constexpr int deepest = 90;
    if (depth > deepest) fail(at_, "brackets within brackets", "a tuple such as (2, 3)");
    item result;
    if (!accept('(')) {
      result.number = parse_extent();
      return result;
    }
    result.is_tuple = true;
    if (accept(')')) return result;
    while (true) {
      const std::size_t at = at_;
      item value = parse_item(depth + 1);
      const bool comma = accept(',');
      if (!comma) expect(')');
      if (!comma && result.numbers.empty()) return value;
      if (value.is_tuple) fail(at, quote(text_.substr(at)), "an extent from 0 to 2^63 - 1");
      result.numbers.push_back(value.number);
      if (!comma || accept(')')) return result;
    }
  }

 private:
  TAPELESS_NATIVE char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  TAPELESS_NATIVE bool string_begins() const {
    const bool prefix = std::string_view("uUrR").find(peek()) != std::string_view::npos;
    const char mark = peek(prefix && peek() != '\0' ? 1 : 0);
    return mark == '\'' || mark == '"';
  }

  TAPELESS_NATIVE void parse_literal(std::string& word) {
    const std::size_t begin = at_;
    const auto unfinished = [&] {
      fail(begin, quote(text_.substr(begin)), "a quoted word in the .npy header");
    };
    const bool raw = peek() == 'r' || peek() == 'R';
    if (is_word(peek())) ++at_;
    const char mark = peek();
    const bool triple = peek(1) == mark && peek(2) == mark;
    at_ += triple ? 3 : 1;
    while (true) {
      if (at_ >= text_.size() || (!triple && (peek() == '\n' || peek() == '\r'))) unfinished();
      if (peek() == mark && (!triple || (peek(1) == mark && peek(2) == mark))) break;
      if (peek() != '\\') {
        word += text_[at_++];
      } else if (raw) {
        word += text_[at_++];
        if (at_ < text_.size()) word += text_[at_++];
      } else {
        ++at_;
        if (!parse_escape(word)) unfinished();
      }
    }
    at_ += triple ? 3 : 1;
  }

  /// What follows a backslash. False for an escape that Python refuses, and for names (\N).
  TAPELESS_NATIVE bool parse_escape(std::string& word) {
    if (at_ >= text_.size()) return false;
    const char c = text_[at_++];
    constexpr std::string_view letters = "\\'\"abfnrtv";
    constexpr std::string_view meanings = "\\'\"\a\b\f\n\r\t\v";
    if (const std::size_t i = letters.find(c); i != letters.npos) {
      word += meanings[i];
    } else if (c == '\n') {
      return true;
    } else if (c >= '0' && c <= '7') {
      int code = c - '0';
      for (int more = 2; more > 0 && peek() >= '0' && peek() <= '7'; --more)
        code = code * 8 + (text_[at_++] - '0');
      word += static_cast<char>(code & 0xff);
    } else if (c == 'x' || c == 'u' || c == 'U') {
      std::uint32_t code = 0;
      for (int count = c == 'x' ? 2 : c == 'u' ? 4 : 8; count > 0; --count) {
        const int digit = digit_of(peek(), 16);
        if (digit < 0) return false;
        code = code * 16 + static_cast<std::uint32_t>(digit);
        ++at_;
      }
      // No key and no type has letters beyond ASCII: any of these stands for all.
      word += code < 0x80 ? static_cast<char>(code) : '\x7f';
      return code < 0x110000;
    } else if (c == 'N') {
      return false;
    } else {
      word += '\\';
      word += c;
    }
    return true;
  }

  /// The value of a digit of base 2, 8, 10 or 16; -1 for other characters.
  TAPELESS_NATIVE static int digit_of(char c, int base) {
    const int value = is_digit(c)               ? c - '0'
                      : c >= 'a' && c <= 'f'    ? c - 'a' + 10
                      : c >= 'A' && c <= 'F'    ? c - 'A' + 10
                                                : 16;
    return value < base ? value : -1;
  }

  /// An integer literal of Python.
  TAPELESS_NATIVE std::int64_t parse_extent() {
    skip_space();
    const std::size_t at = at_;
    const auto refuse = [&] {
      fail(at, quote(text_.substr(at)), "an extent from 0 to 2^63 - 1");
    };
    const bool negative = peek() == '-';
    if (negative || peek() == '+') {
      ++at_;
      skip_space();
    }
    int base = 10;
    if (peek() == '0') {
      const char letter = static_cast<char>(peek(1) | 0x20);
      base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
    }
    if (base != 10) at_ += peek(2) == '_' ? 3 : 2;
    const std::size_t first = at_;
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    std::int64_t value = 0;
    if (digit_of(peek(), base) < 0) refuse();
    while (true) {
      const std::int64_t digit = digit_of(peek(), base);
      if (digit < 0) break;
      if (value > (largest - digit) / base) refuse();
      value = value * base + digit;
      ++at_;
      if (peek() == '_' && digit_of(peek(1), base) >= 0) ++at_;
    }
    const bool leading_zero = base == 10 && text_[first] == '0' && value != 0;
    if (leading_zero || (negative && value != 0)) refuse();
    // Python 2 wrote 2L for a long integer; NumPy takes that in the versions that Python 2 knew.
    const std::size_t end = at_;
    skip_space();
    if (version_ < 3 && peek() == 'L' && !is_word(peek(1))) {
      ++at_;
    } else {
      at_ = end;
      if (is_word(peek())) refuse();
    }
    return value;
  }

  std::filesystem::path file_;
  std::string_view text_;
  std::size_t start_;
  std::size_t at_ = 0;
  unsigned version_;
};

}  // namespace tapeless
