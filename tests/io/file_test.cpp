#include <tapeless/io/file.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

#include <cstring>

namespace tl = tapeless;

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
