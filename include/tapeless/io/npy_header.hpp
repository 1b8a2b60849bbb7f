#pragma once
// The text header of a .npy file: element type, byte order, axis order and shape.

#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>
#include <tapeless/io/error.hpp>

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace tapeless {

/// NumPy's names of element types, in the order of element_type, without the byte order; NumPy has
/// no bf16.
inline constexpr std::array<std::string_view, 13> npy_types{
    "f8", "f4", "f2", "", "i8", "u8", "i4", "u4", "i2", "u2", "i1", "u1", "b1"};

/// NumPy's own limits, beyond which numpy.load refuses a file.
inline constexpr std::size_t npy_most_header_bytes = 10'000;
inline constexpr std::size_t npy_most_axes = 64;

/// The element type of a NumPy type string, "f4" or "f", without the byte order.
TAPELESS_NATIVE inline std::optional<element_type> npy_type_of_code(std::string_view code) {
  struct entry {
    char letter;
    element_type type;
  };
  // As on 64-bit Linux and macOS: C's long is l, its long long q, a pointer-sized integer p and n.
  static constexpr std::array<entry, 18> letters{
      {{'d', element_type::f64}, {'f', element_type::f32}, {'e', element_type::f16},
       {'l', element_type::i64}, {'q', element_type::i64}, {'p', element_type::i64},
       {'n', element_type::i64}, {'L', element_type::u64}, {'Q', element_type::u64},
       {'P', element_type::u64}, {'N', element_type::u64}, {'i', element_type::i32},
       {'I', element_type::u32}, {'h', element_type::i16}, {'H', element_type::u16},
       {'b', element_type::i8},  {'B', element_type::u8},  {'?', element_type::boolean}}};
  for (std::size_t i = 0; i < npy_types.size(); ++i) {
    if (!code.empty() && npy_types[i] == code) return static_cast<element_type>(i);
  }
  for (const entry& e : letters) {
    if (code.size() == 1 && e.letter == code[0]) return e.type;
  }
  return std::nullopt;
}

/// The element type of a NumPy type name such as "float32"; names stand without a byte order.
TAPELESS_NATIVE inline std::optional<element_type> npy_type_of_name(std::string_view name) {
  struct entry {
    std::string_view name;
    element_type type;
  };
  static constexpr std::array<entry, 31> names{
      {{"float64", element_type::f64}, {"double", element_type::f64},
       {"float", element_type::f64},   {"float32", element_type::f32},
       {"single", element_type::f32},  {"float16", element_type::f16},
       {"half", element_type::f16},    {"int64", element_type::i64},
       {"int", element_type::i64},     {"int_", element_type::i64},
       {"intp", element_type::i64},    {"long", element_type::i64},
       {"longlong", element_type::i64}, {"uint64", element_type::u64},
       {"uint", element_type::u64},    {"uintp", element_type::u64},
       {"ulong", element_type::u64},   {"ulonglong", element_type::u64},
       {"int32", element_type::i32},   {"intc", element_type::i32},
       {"uint32", element_type::u32},  {"uintc", element_type::u32},
       {"int16", element_type::i16},   {"short", element_type::i16},
       {"uint16", element_type::u16},  {"ushort", element_type::u16},
       {"int8", element_type::i8},     {"byte", element_type::i8},
       {"uint8", element_type::u8},    {"ubyte", element_type::u8},
       {"bool", element_type::boolean}}};
  if (name == "bool_") return element_type::boolean;
  for (const entry& e : names) {
    if (e.name == name) return e.type;
  }
  return std::nullopt;
}

/// The text header of a .npy file, such as {'descr': '<f4', 'fortran_order': False, 'shape': (2,
/// 3)}. NumPy reads it as a Python literal, so that other spellings of the same dict are headers
/// too: other white space, quotes and escapes, comments, parentheses, numbers such as 0x10 or 2L,
/// keys that come twice (the last counts), types such as 'f' or 'float32'. All of these are read,
/// and what NumPy refuses is refused.
class npy_header {
 public:
  element_type type = element_type::f32;
  std::endian order = std::endian::little;
  bool column_major = false;
  array_shape shape;

  /// Parses the header text of a file of version 1, 2 or 3; the text begins at byte `start` of the
  /// file.
  TAPELESS_NATIVE npy_header(const std::filesystem::path& file, std::string_view text,
                             std::size_t start, unsigned version = 1)
      : file_(file), text_(text), start_(start), version_(version) {
    if (text.size() > npy_most_header_bytes) {
      fail(0, fmt::format("a header of {} bytes", text.size()),
           fmt::format("at most {}, NumPy's limit", npy_most_header_bytes));
    }
    if (const std::size_t nul = text.find('\0'); nul != text.npos) {
      fail(nul, "a NUL byte", "a Python dict, filled up with spaces");
    }
    bool seen_descr = false;
    bool seen_order = false;
    bool seen_shape = false;
    skip_space();
    // Python refuses an indented first line, but not white space on the line that begins the text.
    const std::string_view before = text_.substr(0, at_);
    if (const std::size_t line = before.find_last_of("\n\r"); line != before.npos) {
      if (before.find_first_of(" \t", line) != before.npos)
        fail(line + 1, quote(text_.substr(line + 1)), "'{' at the beginning of the line");
    }
    int open = parentheses();
    expect('{');
    while (!accept('}')) {
      const std::size_t at = at_;
      const std::string key = parse_string();
      expect(':');
      if (key == "descr") {
        parse_type();
        seen_descr = true;
      } else if (key == "fortran_order") {
        column_major = parse_bool();
        seen_order = true;
      } else if (key == "shape") {
        parse_shape();
        seen_shape = true;
      } else {
        fail(at, fmt::format("key {}", quote(key)), "descr, fortran_order and shape alone");
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    for (; open > 0; --open) expect(')');
    skip_space();
    if (at_ != text_.size()) fail(at_, quote(text_.substr(at_)), "the end of the header");
    if (!seen_descr || !seen_order || !seen_shape) {
      fail(0, quote(text_), "all of descr, fortran_order and shape");
    }
  }

 private:
  /// A number, or a tuple of numbers.
  struct item {
    bool is_tuple = false;
    std::int64_t number = 0;
    array_shape numbers;
  };

  [[noreturn]] void fail(std::size_t at, std::string_view found, std::string_view expected) const {
    throw file_error::at_byte(file_, start_ + at, found, expected);
  }
  TAPELESS_NATIVE std::string found() const {
    return at_ < text_.size() ? quote(text_.substr(at_)) : "the end";
  }
  TAPELESS_NATIVE char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
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

  TAPELESS_NATIVE void parse_type() {
    const std::size_t at = at_;
    const std::string descr = parse_string();
    const char mark = descr.empty() ? ' ' : descr.front();
    const bool marked = std::string_view("<>=|").find(mark) != std::string_view::npos;
    auto known = npy_type_of_code(marked ? std::string_view(descr).substr(1) : descr);
    if (!known && !marked) known = npy_type_of_name(descr);
    if (!known) {
      fail(at, fmt::format("element type {}", quote(descr)),
           "a number such as '<f4', '<f8', '<i4', '<i8', '|u1' or '|b1'");
    }
    type = *known;
    order = mark == '<'   ? std::endian::little
            : mark == '>' ? std::endian::big
                          : std::endian::native;
  }

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

  TAPELESS_NATIVE void parse_shape() {
    skip_space();
    const std::size_t at = at_;
    item value = parse_item(0);
    if (!value.is_tuple) fail(at, quote(text_.substr(at, at_ - at)), "a tuple such as (2,)");
    shape = std::move(value.numbers);
    if (shape.size() > npy_most_axes) {
      fail(at, fmt::format("{} axes", shape.size()),
           fmt::format("at most {}, NumPy's limit", npy_most_axes));
    }
  }

  /// A number, a tuple, or one of them in parentheses. A comma makes the tuple.
  TAPELESS_NATIVE item parse_item(int depth) {
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
