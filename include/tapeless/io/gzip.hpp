#pragma once
// Unpacks gzip files; the only header that includes zlib.

#include <tapeless/core/config.hpp>
#include <tapeless/io/error.hpp>
#include <tapeless/io/file.hpp>

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <span>

namespace tapeless {

/// Do these bytes begin like a gzip file (1f 8b)?
TAPELESS_NATIVE inline bool is_gzip(std::span<const std::byte> content) {
  return content.size() >= 2 && content[0] == std::byte{0x1f} && content[1] == std::byte{0x8b};
}

/// A zlib stream that frees itself, set to the gzip format (RFC 1952).
class gzip_stream {
 public:
  TAPELESS_NATIVE explicit gzip_stream(const std::filesystem::path& file) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw file_error(file, "zlib cannot be started");
  }
  TAPELESS_NATIVE ~gzip_stream() { inflateEnd(&stream_); }
  gzip_stream(const gzip_stream&) = delete;
  gzip_stream& operator=(const gzip_stream&) = delete;

  TAPELESS_NATIVE z_stream* operator->() { return &stream_; }
  TAPELESS_NATIVE z_stream* get() { return &stream_; }

 private:
  z_stream stream_{};
};

/// The unpacked content of gzip data, all members one after another; checksums are verified. As in
/// Python's gzip, zeros after a member are passed over (tapes and some programs fill up blocks).
/// `file` is named in errors only.
/// Errors: file_error with the byte offset in the packed file if it is damaged or cut off.
TAPELESS_NATIVE inline byte_buffer gunzip(const std::filesystem::path& file,
                                          std::span<const std::byte> packed) {
  constexpr std::size_t step = std::size_t{1} << 20;
  constexpr std::size_t longest = std::numeric_limits<uInt>::max();
  gzip_stream stream(file);
  byte_buffer content;
  std::size_t size = 0;
  std::size_t offset = 0;
  while (true) {
    if (content.size() - size < step) content.resize(std::max(2 * content.size(), step));
    const std::size_t given = std::min(packed.size() - offset, longest);
    const std::size_t room = std::min(content.size() - size, longest);
    // zlib only reads through next_in; its type lacks the const unless ZLIB_CONST is set.
    stream->next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data() + offset));
    stream->avail_in = static_cast<uInt>(given);
    stream->next_out = reinterpret_cast<Bytef*>(content.data() + size);
    stream->avail_out = static_cast<uInt>(room);
    const int state = inflate(stream.get(), Z_NO_FLUSH);
    offset += given - stream->avail_in;
    size += room - stream->avail_out;
    if (state == Z_STREAM_END) {
      while (offset < packed.size() && packed[offset] == std::byte{0}) ++offset;
      if (offset == packed.size()) break;
      if (!is_gzip(packed.subspan(offset))) {
        throw file_error::at_byte(
            file, offset, fmt::format("{} more bytes after the gzip data", packed.size() - offset),
            "the end of the file");
      }
      inflateReset(stream.get());
    } else if (state == Z_BUF_ERROR ||
               (state == Z_OK && offset == packed.size() && size < content.size())) {
      throw file_error::at_byte(file, offset, "the end of the file", "more gzip data");
    } else if (state != Z_OK) {
      throw file_error::at_byte(
          file, offset,
          fmt::format("damaged gzip data ({})", stream->msg != nullptr ? stream->msg : "no detail"),
          "valid gzip data");
    }
  }
  content.resize(size);
  return content;
}

/// The content of a file, unpacked if it begins like a gzip file whatever its name is.
TAPELESS_NATIVE inline byte_buffer read_plain_or_gzip(const std::filesystem::path& file) {
  byte_buffer content = read_file(file);
  return is_gzip(content) ? gunzip(file, content) : content;
}

}  // namespace tapeless
