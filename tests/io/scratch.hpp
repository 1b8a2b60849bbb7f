#pragma once
// What the tests of file formats share: fixtures, folders that vanish, messages of errors.

#include <tapeless/io/file.hpp>

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

inline std::filesystem::path source_folder() { return TAPELESS_SOURCE_DIR; }

/// A file of tests/data.
inline std::filesystem::path fixture(const char* name) {
  return source_folder() / "tests" / "data" / name;
}

/// A new empty folder that is removed with everything in it.
class scratch_folder {
 public:
  scratch_folder() {
    std::random_device entropy;
    path_ = std::filesystem::temp_directory_path() /
            ("tapeless_test_" + std::to_string(entropy()) + std::to_string(entropy()));
    std::filesystem::create_directory(path_);
  }
  ~scratch_folder() {
    std::error_code code;
    std::filesystem::remove_all(path_, code);
  }
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;

  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

  std::size_t file_count() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(path_)) ++count;
    return count;
  }

  /// A file with this content.
  std::filesystem::path with(std::string_view name, std::string_view content) const {
    tapeless::write_file(path_ / name, std::as_bytes(std::span(content)));
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

inline std::string text_of(const std::filesystem::path& file) {
  const auto content = tapeless::read_file(file);
  return {reinterpret_cast<const char*>(content.data()), content.size()};
}

/// What the file_error thrown by an action says after "FILE: ", or "" if nothing is thrown. The
/// name of the file must come first.
template <class Action>
std::string complaint(const std::filesystem::path& file, Action&& action) {
  try {
    action();
  } catch (const tapeless::file_error& error) {
    const std::string text = error.what();
    const std::string start = file.string() + ": ";
    return text.starts_with(start) ? text.substr(start.size()) : "without the file's name: " + text;
  }
  return "";
}

/// A folder with real data: $TAPELESS_DATA/name or ../shared/name beside the sources; empty if
/// none.
inline std::filesystem::path real_data(const char* name) {
  std::vector<std::filesystem::path> places{source_folder() / ".." / "shared"};
  if (const char* folder = std::getenv("TAPELESS_DATA")) places.insert(places.begin(), folder);
  for (const auto& place : places) {
    if (std::filesystem::exists(place / name)) return place / name;
  }
  return {};
}
