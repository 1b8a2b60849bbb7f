#pragma once
// NumPy's .npy format: magic, version, a Python dict as text, the array's bytes.

#include <tapeless/io/joined.hpp>
#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/io/file_kind.hpp>
#include <tapeless/io/npy_header.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tapeless {

/// Elements stored column-major (first axis fastest), put into row-major order.
TAPELESS_NATIVE inline byte_buffer row_major_from_column_major(std::span<const std::byte> elements,
                                                               std::size_t width,
                                                               const array_shape& shape) {
  byte_buffer result(elements.size());
  std::vector<std::int64_t> index(shape.size(), 0);
  for (std::size_t to = 0; to < elements.size(); to += width) {
    std::size_t from = 0;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      from = from * static_cast<std::size_t>(shape[axis]) + static_cast<std::size_t>(index[axis]);
    }
    std::copy_n(elements.begin() + static_cast<std::ptrdiff_t>(from * width), width,
                result.begin() + static_cast<std::ptrdiff_t>(to));
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return result;
}

/// The array in the bytes of a .npy file. `file` is named in errors only. Errors: see read_npy.
TAPELESS_NATIVE inline array_data decode_npy(const std::filesystem::path& file,
                                             std::span<const std::byte> content) {
  const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
  if (!text.starts_with("\x93NUMPY")) {
    refuse_other_kind(file, content, "a .npy file");
    throw file_error::at_byte(file, 0, text.empty() ? "nothing" : quote(text.substr(0, 6)),
                              "the .npy magic '\\x93NUMPY'");
  }
  const unsigned version = content.size() > 6 ? std::to_integer<unsigned>(content[6]) : 0;
  if (version < 1 || version > 3) {
    throw file_error::at_byte(file, 6, fmt::format("version {}", version), "1, 2 or 3");
  }
  const std::size_t header_start = version == 1 ? 10 : 12;
  if (content.size() < header_start) {
    throw file_error::at_byte(file, content.size(), "the end of the file", "the header length");
  }
  const auto counted = content.subspan(8);
  const std::size_t length = version == 1
                                 ? load_number<std::uint16_t>(counted, std::endian::little)
                                 : load_number<std::uint32_t>(counted, std::endian::little);
  if (length > content.size() - header_start) {
    throw file_error::at_byte(
        file, 8, fmt::format("header length {}", length),
        fmt::format("at most the {} bytes that follow", content.size() - header_start));
  }
  const npy_header header(file, text.substr(header_start, length), header_start, version);

  const std::size_t data_start = header_start + length;
  const std::size_t width = element_size(header.type);
  const auto count = element_count(header.shape, width);
  if (!count || *count * width != content.size() - data_start) {
    throw file_error::at_byte(file, data_start,
                              fmt::format("{} bytes of elements", content.size() - data_start),
                              fmt::format("{} for shape {} of {}",
                                          count ? std::to_string(*count * width) : "2^63 or more",
                                          shape_text(header.shape), element_name(header.type)));
  }
  const auto elements = content.subspan(data_start);
  array_data result{header.type, header.shape, byte_buffer(elements.begin(), elements.end())};
  if (header.order != std::endian::native) swap_byte_order(result.content, width);
  if (header.column_major && header.shape.size() > 1) {
    result.content = row_major_from_column_major(result.content, width, header.shape);
  }
  return result;
}

/// Reads a .npy file of version 1, 2 or 3 with numbers or booleans. Column-major (Fortran) arrays
/// and the other byte order are converted. Errors: file_error for everything that is not exactly
/// one such array: structured types, complex numbers and texts, headers that numpy.load refuses
/// (more than 64 axes or 10,000 bytes among them), and bytes after the array, which numpy.load
/// ignores. Source: NumPy Enhancement Proposal 1 and numpy.lib.format.
TAPELESS_NATIVE inline array_data read_npy(const std::filesystem::path& file) {
  return decode_npy(file, read_file(file));
}

/// Writes a .npy file of version 1, row-major, completely or not at all. Errors: file_error if the
/// shape does not match the bytes or has more than 64 axes, which NumPy does not read, for bf16, or
/// if it cannot be written.
TAPELESS_NATIVE inline void write_npy(const std::filesystem::path& file, const array_data& array) {
  const std::size_t width = element_size(array.type);
  const auto count = element_count(array.shape, width);
  if (!count || *count * width != array.content.size() || array.type == element_type::bf16) {
    throw file_error(
        file, fmt::format("cannot be written: {} bytes as shape {} of {}", array.content.size(),
                          shape_text(array.shape), element_name(array.type)));
  }
  if (array.shape.size() > npy_most_axes) {
    throw file_error(file, fmt::format("cannot be written: {} axes, NumPy reads at most {}",
                                       array.shape.size(), npy_most_axes));
  }
  const char mark = width == 1 ? '|' : std::endian::native == std::endian::little ? '<' : '>';
  std::string text = fmt::format("{{'descr': '{}{}', 'fortran_order': False, 'shape': ({}{}), }}",
                                 mark, npy_types[static_cast<std::size_t>(array.type)],
                                 detail::joined(array.shape, ", "),
                                 array.shape.size() == 1 ? "," : "");
  constexpr std::size_t header_start = 10;
  while ((header_start + text.size() + 1) % 64 != 0) text += ' ';  // elements begin aligned
  text += '\n';

  std::string head("\x93NUMPY\x01\x00", 8);
  for (std::size_t i = 0; i < 2; ++i) head += static_cast<char>((text.size() >> (8 * i)) & 0xff);
  head += text;
  const auto head_bytes = std::as_bytes(std::span(head));
  byte_buffer result(head_bytes.begin(), head_bytes.end());
  result.insert(result.end(), array.content.begin(), array.content.end());
  write_file(file, result);
}

}  // namespace tapeless
