#pragma once
// Whole files in and out of memory; a file is written completely or not at all.

#include <tapeless/core/config.hpp>
#include <tapeless/io/error.hpp>

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <system_error>
#include <utility>
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

namespace detail {

/// A file or folder of the operating system that is open, by its number.
class open_file {
 public:
  TAPELESS_NATIVE explicit open_file(int number) : number_(number) {}
  TAPELESS_NATIVE ~open_file() {
    if (number_ >= 0) ::close(number_);
  }
  open_file(const open_file&) = delete;
  open_file& operator=(const open_file&) = delete;

  TAPELESS_NATIVE explicit operator bool() const { return number_ >= 0; }
  TAPELESS_NATIVE int number() const { return number_; }

  /// Writes all bytes; false, with errno, if that fails.
  TAPELESS_NATIVE bool write(std::span<const std::byte> content) const {
    // Linux writes at most 2 GiB in one call.
    constexpr std::size_t most = std::size_t{1} << 30;
    while (!content.empty()) {
      const ssize_t count = ::write(number_, content.data(), std::min(content.size(), most));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return false;
      content = content.subspan(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// Waits until the content is on the disk; false, with errno, if that fails. What cannot be
  /// synchronised (a pipe, some network folders) counts as synchronised.
  TAPELESS_NATIVE bool sync() const {
    while (::fsync(number_) != 0) {
      if (errno == EINVAL || errno == ENOTSUP || errno == EROFS) return true;
      if (errno != EINTR) return false;
    }
    return true;
  }

  /// Closes the file; false, with errno, if that tells of a write that failed.
  TAPELESS_NATIVE bool close() { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

/// Gives a new file the mode of an old one and, as far as this user may, its owner and group.
TAPELESS_NATIVE inline bool copy_mode(const struct stat& from, int to) {
  struct stat now {};
  if (::fstat(to, &now) == 0 && (now.st_uid != from.st_uid || now.st_gid != from.st_gid)) {
    // Only the administrator may give files away; the group alone may be allowed.
    if (::fchown(to, from.st_uid, from.st_gid) != 0 &&
        ::fchown(to, static_cast<uid_t>(-1), from.st_gid) != 0)
      errno = 0;
  }
  return ::fchmod(to, from.st_mode & 07777) == 0;
}

}  // namespace detail

/// Writes a file so that others see the old content or all of the new one, never a part, also after
/// the power fails: the bytes go to a temporary file in the same folder and to the disk, then the
/// file takes the name, then the folder goes to the disk. The mode of a file that is replaced is
/// kept, and its owner where permitted. A symbolic link is followed; what is no regular file
/// (/dev/stdout, a pipe) is written to directly. Errors: file_error; the old file is then as it was
/// and no temporary file is left, unless the error says that the file was replaced.
TAPELESS_NATIVE inline void write_file(const std::filesystem::path& file,
                                       std::span<const std::byte> content) {
  std::error_code code;
  std::filesystem::path target = file;
  if (std::filesystem::is_symlink(file, code))
    target = std::filesystem::weakly_canonical(file, code);
  if (code) target = file;
  struct stat old {};
  const bool replaces = ::stat(target.c_str(), &old) == 0;
  const auto fail = [&](const char* what) {
    throw file_error(file, what + last_system_error());
  };

  if (replaces && !S_ISREG(old.st_mode) && !S_ISDIR(old.st_mode)) {
    detail::open_file device(::open(target.c_str(), O_WRONLY | O_CLOEXEC));
    if (!device) fail("cannot be opened for writing: ");
    if (!device.write(content) || !device.close()) fail("cannot be written: ");
    return;
  }

  std::random_device entropy;
  std::filesystem::path temporary = target;
  temporary += fmt::format(".{:08x}{:08x}.tmp", entropy(), entropy());
  // The new file begins with read and write rights of the owner alone, at most, since the old file
  // may be secret. The rest of the old mode follows below.
  const mode_t mode = replaces ? old.st_mode & 0600 : 0666;
  detail::open_file out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!out) fail("cannot be opened for writing: ");
  const bool written = out.write(content) && (!replaces || detail::copy_mode(old, out.number())) &&
                       out.sync() && out.close() &&
                       std::rename(temporary.c_str(), target.c_str()) == 0;
  if (!written) {
    const int reason = errno;
    std::filesystem::remove(temporary, code);
    errno = reason;
    fail("cannot be written: ");
  }
  // A folder that may be entered but not read cannot be synchronised.
  const std::filesystem::path folder =
      target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
  const detail::open_file inside(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (inside && !inside.sync()) fail("was replaced, but its folder cannot be written to the disk: ");
}

}  // namespace tapeless
