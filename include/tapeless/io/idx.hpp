#pragma once
// The IDX format of the MNIST family: magic number, big-endian extents, elements.

#include <tapeless/core/config.hpp>
#include <tapeless/io/array_data.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/io/file_kind.hpp>
#include <tapeless/io/gzip.hpp>

#include <fmt/format.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace tapeless {

/// The array in the unpacked bytes of an IDX file. `file` is named in errors only. Errors: see
/// read_idx.
TAPELESS_NATIVE inline array_data decode_idx(const std::filesystem::path& file,
                                             std::span<const std::byte> content) {
  const auto byte_at = [&](std::size_t i) { return std::to_integer<unsigned>(content[i]); };
  if (content.size() < 4) {
    throw file_error::at_byte(file, 0, fmt::format("{} bytes", content.size()),
                              "4 bytes of IDX magic number");
  }
  if (byte_at(0) != 0 || byte_at(1) != 0) {
    refuse_other_kind(file, content, "an IDX file");
    throw file_error::at_byte(file, 0, fmt::format("{:02x} {:02x}", byte_at(0), byte_at(1)),
                              "00 00, the beginning of an IDX file");
  }
  array_data result;
  switch (byte_at(2)) {
    case 0x08:
      result.type = element_type::u8;
      break;
    case 0x09:
      result.type = element_type::i8;
      break;
    case 0x0b:
      result.type = element_type::i16;
      break;
    case 0x0c:
      result.type = element_type::i32;
      break;
    case 0x0d:
      result.type = element_type::f32;
      break;
    case 0x0e:
      result.type = element_type::f64;
      break;
    default:
      throw file_error::at_byte(file, 2, fmt::format("element type {:02x}", byte_at(2)),
                                "one of 08 09 0b 0c 0d 0e");
  }
  const std::size_t rank = byte_at(3);
  const std::size_t start = 4 + 4 * rank;
  if (rank == 0) throw file_error::at_byte(file, 3, "no axes", "at least one");
  if (content.size() < start) {
    throw file_error::at_byte(file, content.size(), "the end of the file",
                              fmt::format("{} extents, up to byte {}", rank, start));
  }
  for (std::size_t axis = 0; axis < rank; ++axis) {
    result.shape.push_back(
        load_number<std::uint32_t>(content.subspan(4 + 4 * axis), std::endian::big));
  }
  const std::size_t width = element_size(result.type);
  const auto count = element_count(result.shape, width);
  if (!count || content.size() - start != *count * width) {
    throw file_error::at_byte(file, start,
                              fmt::format("{} bytes of elements", content.size() - start),
                              fmt::format("{} for shape {} of {}",
                                          count ? std::to_string(*count * width) : "2^63 or more",
                                          shape_text(result.shape), element_name(result.type)));
  }
  result.content.assign(content.begin() + static_cast<std::ptrdiff_t>(start), content.end());
  if (std::endian::native != std::endian::big) swap_byte_order(result.content, width);
  return result;
}

/// Reads an IDX file, plain or gzip (told apart by content, not by name). Elements are u8, i8, i16,
/// i32, f32 or f64.
/// Errors: file_error if the magic number, the element type, the extents or the size is wrong; byte
/// offsets count in the unpacked content.
/// Source: the format is described at yann.lecun.com/exdb/mnist.
TAPELESS_NATIVE inline array_data read_idx(const std::filesystem::path& file) {
  return decode_idx(file, read_plain_or_gzip(file));
}

}  // namespace tapeless
