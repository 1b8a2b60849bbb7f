#pragma once
// Whole files in and out of memory; a file is written completely or not at all.

#include <tapeless/core/config.hpp>
#include <tapeless/io/error.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <system_error>
#include <vector>

namespace tapeless {

using byte_buffer = std::vector<std::byte>;

/// An open C stream that closes itself.
struct file_closer {
  TAPELESS_NATIVE void operator()(std::FILE* stream) const { std::fclose(stream); }
};
using file_stream = std::unique_ptr<std::FILE, file_closer>;

/// What the operating system says about the last failed call.
TAPELESS_NATIVE inline std::string last_system_error() {
  return std::generic_category().message(errno);
}

/// The whole content of a file.
/// Errors: file_error if it cannot be opened or read.
TAPELESS_NATIVE inline byte_buffer read_file(const std::filesystem::path& file) {
  const file_stream stream{std::fopen(file.string().c_str(), "rb")};
  if (!stream) throw file_error(file, "cannot be opened for reading: " + last_system_error());
  constexpr std::size_t step = std::size_t{1} << 20;
  byte_buffer content;
  std::size_t size = 0;
  while (true) {
    content.resize(size + step);
    const std::size_t got = std::fread(content.data() + size, 1, step, stream.get());
    size += got;
    if (got < step) break;
  }
  if (std::ferror(stream.get()) != 0) {
    throw file_error(file, fmt::format("cannot be read at byte {}: {}", size, last_system_error()));
  }
  content.resize(size);
  return content;
}

/// Writes a file so that others see the old content or all of the new one, never a part: the bytes
/// go to a temporary file in the same folder, which then takes the name. A symbolic link is
/// followed. Errors: file_error; the old file is then as it was and no temporary file is left.
TAPELESS_NATIVE inline void write_file(const std::filesystem::path& file,
                                       std::span<const std::byte> content) {
  std::error_code code;
  std::filesystem::path target = file;
  if (std::filesystem::is_symlink(file, code))
    target = std::filesystem::weakly_canonical(file, code);
  if (code) target = file;
  std::random_device entropy;
  std::filesystem::path temporary = target;
  temporary += fmt::format(".{:08x}{:08x}.tmp", entropy(), entropy());

  std::FILE* stream = std::fopen(temporary.string().c_str(), "wbx");
  if (stream == nullptr) {
    throw file_error(file, "cannot be opened for writing: " + last_system_error());
  }
  std::string failure;
  if (!content.empty() &&
      std::fwrite(content.data(), 1, content.size(), stream) != content.size()) {
    failure = last_system_error();
  }
  if (std::fclose(stream) != 0 && failure.empty()) failure = last_system_error();
  if (failure.empty()) {
    std::filesystem::rename(temporary, target, code);
    if (code) failure = code.message();
  }
  if (failure.empty()) return;
  std::filesystem::remove(temporary, code);
  throw file_error(file, "cannot be written: " + failure);
}

}  // namespace tapeless
