#include <tapeless/io/file.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>

#include <cstring>
#include <functional>

namespace tl = tapeless;

namespace {

/// Called at each fsync of this program, with what stat says of the file.
std::function<int(const struct stat&)> on_sync;

mode_t mode_of(const std::filesystem::path& file) {
  struct stat status {};
  ::stat(file.c_str(), &status);
  return status.st_mode & 07777;
}

}  // namespace

// The program's own function comes before the system library's.
extern "C" int fsync(int number) {
  struct stat status {};
  if (!on_sync || ::fstat(number, &status) != 0) return 0;
  return on_sync(status);
}

TEST_CASE("files come back as they were written", "[io]") {
  const scratch_folder folder;
  for (const std::size_t size : {0u, 1u, 1000u, (1u << 20), (1u << 20) + 1u, 3000000u}) {
    tl::byte_buffer content(size);
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<std::byte>(i * 7 % 251);
    tl::write_file(folder / "a", content);
    CHECK(tl::read_file(folder / "a") == content);
  }
  CHECK(folder.file_count() == 1);
}

TEST_CASE("a write that fails leaves the old file and nothing else", "[io]") {
  const scratch_folder folder;
  const auto missing = folder / "no/such";
  CHECK(complaint(missing, [&] { tl::write_file(missing, {}); }) ==
        "cannot be opened for writing: No such file or directory");

  // A folder cannot be replaced by a file: the last step fails.
  std::filesystem::create_directories(folder / "taken/inside");
  CHECK(complaint(folder / "taken", [&] { tl::write_file(folder / "taken", {}); }) ==
        "cannot be written: Is a directory");
  CHECK(folder.file_count() == 1);
}

TEST_CASE("content is on the disk before a file takes its name, the name before the call returns",
          "[io]") {
  const scratch_folder folder;
  for (const std::string old : {"", "old"}) {
    if (!old.empty()) folder.with("a", old);
    std::string seen;
    on_sync = [&](const struct stat& status) {
      const bool exists = std::filesystem::exists(folder / "a");
      const std::string content = exists ? text_of(folder / "a") : "";
      seen += S_ISDIR(status.st_mode) ? "folder " : "file " + std::to_string(status.st_size) + " ";
      seen += content + ";";
      return 0;
    };
    folder.with("a", "content");
    on_sync = nullptr;
    CHECK(seen == "file 7 " + old + ";folder content;");
    std::filesystem::remove(folder / "a");
  }
}

TEST_CASE("a disk that fails is an error", "[io]") {
  const scratch_folder folder;
  folder.with("a", "old");
  const auto write = [&] { folder.with("a", "new"); };
  const auto failing = [](bool in_folder, int reason) {
    return [=, calls = 0](const struct stat& status) mutable {
      const bool fails = (S_ISDIR(status.st_mode) != 0) == in_folder && calls++ == 0;
      if (fails) errno = reason;
      return fails ? -1 : 0;
    };
  };
  on_sync = failing(false, EIO);
  CHECK(complaint(folder / "a", write) == "cannot be written: Input/output error");
  CHECK(text_of(folder / "a") == "old");
  CHECK(folder.file_count() == 1);
  on_sync = failing(true, EIO);
  CHECK(complaint(folder / "a", write) ==
        "was replaced, but its folder cannot be written to the disk: Input/output error");
  CHECK(text_of(folder / "a") == "new");
  for (const int harmless : {EINVAL, EINTR}) {
    on_sync = failing(false, harmless);
    CHECK_NOTHROW(write());
  }
  on_sync = nullptr;
  CHECK(folder.file_count() == 1);
}

TEST_CASE("a file that is replaced keeps its mode", "[io]") {
  const scratch_folder folder;
  const mode_t mask = ::umask(022);
  folder.with("new", "1");
  CHECK(mode_of(folder / "new") == 0644);
  for (const mode_t mode : {0600u, 0640u, 0664u, 0755u, 0444u}) {
    ::chmod((folder / "new").c_str(), mode);
    // The bytes are not to be seen on the way either: the temporary file is as closed as the old.
    on_sync = [&](const struct stat& status) {
      if (S_ISREG(status.st_mode)) CHECK((status.st_mode & 07777) == mode);
      return 0;
    };
    folder.with("new", "2");
    on_sync = nullptr;
    CHECK(mode_of(folder / "new") == mode);
  }
  ::umask(mask);
}

TEST_CASE("what is no regular file is written to, not replaced", "[io]") {
  const scratch_folder folder;
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const int reader = ::open((folder / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
  folder.with("pipe", "through");
  char got[16]{};
  CHECK(::read(reader, got, sizeof got) == 7);
  CHECK(std::string(got) == "through");
  ::close(reader);
  CHECK(std::filesystem::is_fifo(folder / "pipe"));
  CHECK(folder.file_count() == 1);
  if (std::filesystem::exists("/dev/full")) {
    const std::vector<std::byte> bytes(3);
    CHECK(complaint("/dev/full", [&] { tl::write_file("/dev/full", bytes); }) ==
          "cannot be written: No space left on device");
    CHECK(!std::filesystem::is_regular_file("/dev/full"));
  }
}

TEST_CASE("writing through a symbolic link changes the file it names", "[io]") {
  const scratch_folder folder;
  folder.with("real", "old");
  std::filesystem::create_symlink("real", folder / "link");
  folder.with("link", "new");
  CHECK(std::filesystem::is_symlink(folder / "link"));
  CHECK(text_of(folder / "real") == "new");
}

TEST_CASE("reading what is not there says so", "[io]") {
  const scratch_folder folder;
  CHECK(complaint(folder / "none", [&] { tl::read_file(folder / "none"); }) ==
        "cannot be opened for reading: No such file or directory");
  CHECK(complaint(folder.path(), [&] { tl::read_file(folder.path()); }) ==
        "cannot be read at byte 0: Is a directory");
}
