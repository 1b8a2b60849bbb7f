#pragma once
// The text header of a .npy file: element type, byte order, axis order and shape.

#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/io/python_literal.hpp>

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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
                             std::size_t start, unsigned version = 1) {
    python_literal_reader in(file, text, start, version);
    if (text.size() > npy_most_header_bytes) {
      in.fail(0, fmt::format("a header of {} bytes", text.size()),
              fmt::format("at most {}, NumPy's limit", npy_most_header_bytes));
    }
    if (const std::size_t nul = text.find('\0'); nul != text.npos) {
      in.fail(nul, "a NUL byte", "a Python dict, filled up with spaces");
    }
    bool seen_descr = false;
    bool seen_order = false;
    bool seen_shape = false;
    in.skip_space();
    // Python refuses an indented first line, but not white space on the line that begins the text.
    const std::string_view before = text.substr(0, in.position());
    if (const std::size_t line = before.find_last_of("\n\r"); line != before.npos) {
      if (before.find_first_of(" \t", line) != before.npos)
        in.fail(line + 1, quote(text.substr(line + 1)), "'{' at the beginning of the line");
    }
    int open = in.parentheses();
    in.expect('{');
    while (!in.accept('}')) {
      const std::size_t at = in.position();
      const std::string key = in.parse_string();
      in.expect(':');
      if (key == "descr") {
        parse_type(in);
        seen_descr = true;
      } else if (key == "fortran_order") {
        column_major = in.parse_bool();
        seen_order = true;
      } else if (key == "shape") {
        parse_shape(in);
        seen_shape = true;
      } else {
        in.fail(at, fmt::format("key {}", quote(key)), "descr, fortran_order and shape alone");
      }
      if (!in.accept(',')) {
        in.expect('}');
        break;
      }
    }
    for (; open > 0; --open) in.expect(')');
    in.skip_space();
    if (in.position() != text.size())
      in.fail(in.position(), quote(text.substr(in.position())), "the end of the header");
    if (!seen_descr || !seen_order || !seen_shape) {
      in.fail(0, quote(text), "all of descr, fortran_order and shape");
    }
  }

 private:
  TAPELESS_NATIVE void parse_type(python_literal_reader& in) {
    const std::size_t at = in.position();
    const std::string descr = in.parse_string();
    const char mark = descr.empty() ? ' ' : descr.front();
    const bool marked = std::string_view("<>=|").find(mark) != std::string_view::npos;
    auto known = npy_type_of_code(marked ? std::string_view(descr).substr(1) : descr);
    if (!known && !marked) known = npy_type_of_name(descr);
    if (!known) {
      in.fail(at, fmt::format("element type {}", quote(descr)),
              "a number such as '<f4', '<f8', '<i4', '<i8', '|u1' or '|b1'");
    }
    type = *known;
    order = mark == '<'   ? std::endian::little
            : mark == '>' ? std::endian::big
                          : std::endian::native;
  }

  TAPELESS_NATIVE void parse_shape(python_literal_reader& in) {
    in.skip_space();
    const std::size_t at = in.position();
    python_literal_reader::item value = in.parse_item();
    if (!value.is_tuple)
      in.fail(at, quote(in.text().substr(at, in.position() - at)), "a tuple such as (2,)");
    shape = std::move(value.numbers);
    if (shape.size() > npy_most_axes) {
      in.fail(at, fmt::format("{} axes", shape.size()),
              fmt::format("at most {}, NumPy's limit", npy_most_axes));
    }
  }
};

}  // namespace tapeless
