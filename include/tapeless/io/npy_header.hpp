#pragma once
// The text header of a .npy file: element type, byte order, axis order and shape.

#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>
#include <tapeless/io/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace tapeless {

/// NumPy's names of element types, in the order of element_type, without the byte order; NumPy has
/// no bf16.
inline constexpr std::array<std::string_view, 13> npy_types{
    "f8", "f4", "f2", "", "i8", "u8", "i4", "u4", "i2", "u2", "i1", "u1", "b1"};

/// The text header of a .npy file, such as {'descr': '<f4', 'fortran_order': False, 'shape': (2,
/// 3)}. Only what NumPy writes is understood, not Python at large.
class npy_header {
 public:
  element_type type = element_type::f32;
  std::endian order = std::endian::little;
  bool column_major = false;
  array_shape shape;

  /// Parses the header text that begins at byte `start` of the file.
  TAPELESS_NATIVE npy_header(const std::filesystem::path& file, std::string_view text,
                             std::size_t start)
      : file_(file), text_(text), start_(start) {
    bool seen_descr = false;
    bool seen_order = false;
    bool seen_shape = false;
    expect('{');
    while (!accept('}')) {
      const std::size_t at = at_;
      const std::string_view key = parse_string();
      expect(':');
      if (key == "descr" && !seen_descr) {
        parse_type();
        seen_descr = true;
      } else if (key == "fortran_order" && !seen_order) {
        column_major = parse_bool();
        seen_order = true;
      } else if (key == "shape" && !seen_shape) {
        parse_shape();
        seen_shape = true;
      } else {
        fail(at, fmt::format("key {}", quote(key)), "descr, fortran_order and shape, each once");
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skip_space();
    if (at_ != text_.size()) fail(at_, quote(text_.substr(at_)), "the end of the header");
    if (!seen_descr || !seen_order || !seen_shape) {
      fail(0, quote(text_), "all of descr, fortran_order and shape");
    }
  }

 private:
  [[noreturn]] void fail(std::size_t at, std::string_view found, std::string_view expected) const {
    throw file_error::at_byte(file_, start_ + at, found, expected);
  }
  TAPELESS_NATIVE std::string found() const {
    return at_ < text_.size() ? quote(text_.substr(at_)) : "the end";
  }

  TAPELESS_NATIVE void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
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

  TAPELESS_NATIVE std::string_view parse_string() {
    skip_space();
    const char mark = at_ < text_.size() ? text_[at_] : ' ';
    const std::size_t end = mark == '\'' || mark == '"' ? text_.find(mark, at_ + 1) : text_.npos;
    if (end == text_.npos) fail(at_, found(), "a quoted word in the .npy header");
    const std::string_view word = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return word;
  }

  TAPELESS_NATIVE void parse_type() {
    const std::size_t at = at_;
    const std::string_view descr = parse_string();
    const char mark = descr.empty() ? ' ' : descr.front();
    const auto known =
        std::find(npy_types.begin(), npy_types.end(), descr.empty() ? descr : descr.substr(1));
    if (descr.size() < 3 || known == npy_types.end() ||
        std::string_view("<>=|").find(mark) == std::string_view::npos) {
      fail(at, fmt::format("element type {}", quote(descr)),
           "a number such as '<f4', '<f8', '<i4', '<i8', '|u1' or '|b1'");
    }
    type = static_cast<element_type>(known - npy_types.begin());
    order = mark == '<'   ? std::endian::little
            : mark == '>' ? std::endian::big
                          : std::endian::native;
  }

  TAPELESS_NATIVE bool parse_bool() {
    skip_space();
    for (const std::string_view word : {"False", "True"}) {
      if (!text_.substr(at_).starts_with(word)) continue;
      at_ += word.size();
      return word == "True";
    }
    fail(at_, found(), "True or False");
  }

  TAPELESS_NATIVE void parse_shape() {
    expect('(');
    while (!accept(')')) {
      std::int64_t extent = 0;
      const auto [end, code] =
          std::from_chars(text_.data() + at_, text_.data() + text_.size(), extent);
      if (code != std::errc{} || extent < 0) fail(at_, found(), "an extent from 0 to 2^63 - 1");
      at_ = static_cast<std::size_t>(end - text_.data());
      shape.push_back(extent);
      if (!accept(',')) {
        expect(')');
        break;
      }
      skip_space();
    }
  }

  std::filesystem::path file_;
  std::string_view text_;
  std::size_t start_;
  std::size_t at_ = 0;
};

}  // namespace tapeless
