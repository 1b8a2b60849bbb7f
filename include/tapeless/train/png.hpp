#pragma once
// Small true-colour images and the PNG files they become.

#include <zlib.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tapeless/core/config.hpp>
#include <tapeless/io/byte_order.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/train/colour.hpp>
#include <vector>

namespace tapeless {

/// Pixels row by row from the top left.
struct image {
  int width;
  int height;
  std::vector<rgb> pixels;

  TAPELESS_NATIVE image(int w, int h, rgb fill = {255, 255, 255})
      : width(w),
        height(h),
        pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), fill) {}

  TAPELESS_NATIVE rgb& at(int x, int y) { return pixels[index(x, y)]; }
  TAPELESS_NATIVE const rgb& at(int x, int y) const { return pixels[index(x, y)]; }

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
};

/// Appends a PNG chunk: length, four-letter type, content, CRC of type and content.
TAPELESS_NATIVE inline void append_png_chunk(byte_buffer& file, std::string_view type,
                                             std::span<const std::byte> content) {
  const auto append = [&](std::span<const std::byte> part) {
    file.insert(file.end(), part.begin(), part.end());
  };
  append(store_number(static_cast<std::uint32_t>(content.size()), std::endian::big));
  const std::size_t start = file.size();
  append(std::as_bytes(std::span(type)));
  append(content);
  const auto crc =
      crc32_z(0, reinterpret_cast<const Bytef*>(file.data() + start), file.size() - start);
  append(store_number(static_cast<std::uint32_t>(crc), std::endian::big));
}

/// The image as a PNG file: 8 bits a channel, no alpha. Lines are stored as differences to the left
/// neighbour, which suits smooth shades. Throws std::runtime_error if zlib has no memory.
/// Source: PNG specification, third edition (W3C).
TAPELESS_NATIVE inline byte_buffer encode_png(const image& picture) {
  std::vector<std::uint8_t> lines;
  lines.reserve(static_cast<std::size_t>(picture.height) *
                (1 + 3 * static_cast<std::size_t>(picture.width)));
  for (int y = 0; y < picture.height; ++y) {
    lines.push_back(1);  // filter type "Sub"
    rgb left{0, 0, 0};
    for (int x = 0; x < picture.width; ++x) {
      const rgb here = picture.at(x, y);
      lines.push_back(static_cast<std::uint8_t>(here.r - left.r));
      lines.push_back(static_cast<std::uint8_t>(here.g - left.g));
      lines.push_back(static_cast<std::uint8_t>(here.b - left.b));
      left = here;
    }
  }
  uLongf size = compressBound(lines.size());
  byte_buffer packed(size);
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, lines.data(), lines.size(), 9) !=
      Z_OK)
    throw std::runtime_error("encode_png: zlib could not compress the image");
  packed.resize(size);

  byte_buffer head;
  for (int extent : {picture.width, picture.height})
    for (std::byte b : store_number(static_cast<std::uint32_t>(extent), std::endian::big))
      head.push_back(b);
  for (int field : {8, 2, 0, 0, 0})  // depth, true colour, deflate, adaptive filters, no interlace
    head.push_back(static_cast<std::byte>(field));

  constexpr std::string_view signature = "\x89PNG\r\n\x1a\n";
  const auto start = std::as_bytes(std::span(signature));
  byte_buffer file(start.begin(), start.end());
  append_png_chunk(file, "IHDR", head);
  append_png_chunk(file, "IDAT", packed);
  append_png_chunk(file, "IEND", {});
  return file;
}

/// Bytes as text, for data that stands inside an SVG file (RFC 4648).
TAPELESS_NATIVE inline std::string base64(std::span<const std::byte> content) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < content.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = group << 8 |
              (i + j < content.size() ? std::to_integer<std::uint32_t>(content[i + j]) : 0);
    for (std::size_t j = 0; j < 4; ++j)
      text += i + j <= content.size() ? letters[group >> (18 - 6 * j) & 63] : '=';
  }
  return text;
}

}  // namespace tapeless
