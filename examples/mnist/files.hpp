#pragma once
// Where the example finds MNIST, or fetches it.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <tapeless/io/error.hpp>
#include <tapeless/io/file.hpp>
#include <vector>

namespace mnist_files {

namespace fs = std::filesystem;

struct file {
  const char* name;
  const char* sha256;
};
inline constexpr std::array<file, 4> files{{
    {"train-images-idx3-ubyte.gz",
     "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"},
    {"train-labels-idx1-ubyte.gz",
     "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"},
    {"t10k-images-idx3-ubyte.gz",
     "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"},
    {"t10k-labels-idx1-ubyte.gz",
     "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"},
}};
inline constexpr const char* mirror = "https://ossci-datasets.s3.amazonaws.com/mnist";

/// Whether a folder has all four files, plain or gzip.
inline bool complete(const fs::path& folder) {
  for (const file& f : files)
    if (!fs::exists(folder / f.name) && !fs::exists(folder / fs::path(f.name).stem())) return false;
  return true;
}

/// The first complete folder of $TAPELESS_MNIST, $TAPELESS_DATA/mnist, $TAPELESS_DATA and
/// ../shared/mnist; empty if there is none.
inline fs::path found() {
  std::vector<fs::path> places;
  if (const char* folder = std::getenv("TAPELESS_MNIST")) places.emplace_back(folder);
  if (const char* folder = std::getenv("TAPELESS_DATA")) {
    places.push_back(fs::path(folder) / "mnist");
    places.emplace_back(folder);
  }
  places.emplace_back("../shared/mnist");
  for (const fs::path& place : places)
    if (complete(place)) return place;
  return {};
}

/// Runs a program with these arguments, without a shell; whether it succeeded. Errors: file_error
/// about `place` where the program, part of a Debian package, cannot be started.
inline bool succeeds(const fs::path& place, const char* package, std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  int status = 0;
  const int error = posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ);
  if (error != 0) {
    const std::string why =
        error == ENOENT
            ? fmt::format("which is not installed (Debian: apt-get install {})", package)
            : fmt::format("which cannot be started: {}", std::strerror(error));
    throw tapeless::file_error(place, fmt::format("needs the command {}, {}", words[0], why));
  }
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// A folder that vanishes with all that is in it.
struct scratch_folder {
  fs::path path;
  explicit scratch_folder(fs::path at) : path{std::move(at)} { fs::create_directories(path); }
  ~scratch_folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;
};

/// Fetches the four files from below `url` by curl. They are checked before any of them takes its
/// place in the folder. Errors: file_error; the folder is then as it was.
inline void download(const std::string& url, const fs::path& folder) {
  const scratch_folder part(fs::path(folder) += fmt::format(".{}.part", getpid()));
  std::string sums;
  for (const file& f : files) {
    fmt::print("fetching {}/{}\n", url, f.name);
    std::fflush(stdout);
    const fs::path target = part.path / f.name;
    if (!succeeds(folder, "curl",
                  {"curl", "--fail", "--location", "--silent", "--show-error", "--output",
                   target.string(), "--", url + "/" + f.name}))
      throw tapeless::file_error(
          folder / f.name, "cannot be fetched from " + url + "; the line of curl above says why");
    sums += fmt::format("{}  {}\n", f.sha256, fs::absolute(target).string());
  }
  const fs::path list = part.path / "SHA256SUMS";
  tapeless::write_file(list, std::as_bytes(std::span(sums)));
  if (!succeeds(folder, "coreutils", {"sha256sum", "--check", "--quiet", list.string()}))
    throw tapeless::file_error(folder, "not filled: the files from " + url + " are not MNIST");
  fs::create_directories(folder);
  for (const file& f : files) fs::rename(part.path / f.name, folder / f.name);
}

}  // namespace mnist_files
