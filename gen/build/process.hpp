#pragma once
// Other programs, started without a shell.

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace tapeless::gen {

struct process_limits {
  std::chrono::seconds time{300};
  std::size_t output = std::size_t{64} << 20;  ///< bytes of stdout, and of stderr
};

struct finished_process {
  int status = 0;  ///< exit status; 128 + N after signal N, as shells have it
  std::string output, errors;
  bool ok() const { return status == 0; }
};

/// Runs a program, found by PATH, with these arguments (its name first) and no input, and waits.
/// No shell reads the arguments. Errors: std::runtime_error if it cannot be started, runs longer
/// than the limit or prints more; the program and those that it started are then ended.
finished_process run_process(const std::vector<std::string>& arguments,
                             const process_limits& limits = {});

/// A new folder for temporary files, removed with everything in it.
class temporary_folder {
 public:
  temporary_folder();
  ~temporary_folder();
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tapeless::gen
