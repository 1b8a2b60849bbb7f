#pragma once
// What a program of random networks reports: records of numbers for scripts/random_nets.py.

#include <sys/wait.h>
#include <unistd.h>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace random_nets {

using numbers = std::vector<double>;

/// The file of results. A record: number of the case, name, how far two perturbed references are
/// from the reference, the numbers of the engine, and those of the reference.
class results {
 public:
  explicit results(const char* path) : file_{std::fopen(path, "wb")} {}
  ~results() {
    if (file_ != nullptr) std::fclose(file_);
  }
  results(const results&) = delete;
  results& operator=(const results&) = delete;
  bool good() const { return file_ != nullptr; }

  void begin(int number_of_case) { case_ = number_of_case; }

  /// nearby: the reference of inputs that differ by 1e-7; rounded: by some units in the last place.
  void add(const std::string& name, const numbers& engine, const numbers& reference,
           const numbers& nearby, const numbers& rounded) {
    const std::int32_t head[] = {case_, static_cast<std::int32_t>(name.size()),
                                 static_cast<std::int32_t>(engine.size()),
                                 static_cast<std::int32_t>(reference.size())};
    const double distance[] = {far(reference, nearby), far(reference, rounded)};
    append(head, sizeof(head));
    append(name.data(), name.size());
    append(distance, sizeof(distance));
    append(engine.data(), sizeof(double) * engine.size());
    append(reference.data(), sizeof(double) * reference.size());
  }
  /// Writes the records of a case, all or, where its process ends before, none.
  void end() {
    std::fwrite(pending_.data(), 1, pending_.size(), file_);
    std::fflush(file_);
    pending_.clear();
  }

 private:
  void append(const void* bytes, std::size_t count) {
    pending_.append(static_cast<const char*>(bytes), count);
  }

  static double far(const numbers& a, const numbers& b) {
    double greatest = 0;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
      const double d = std::abs(a[i] - b[i]);
      greatest = d > greatest || d != d ? d : greatest;
    }
    return greatest;
  }

  std::FILE* file_;
  std::string pending_;
  int case_ = 0;
};

/// Runs one case in a process of its own, for at most a minute; what ends it goes to the output.
inline void run_alone(int number_of_case, results& out, void (*run)(results&)) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);
    out.begin(number_of_case);
    run(out);
    out.end();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0)
    std::printf("crash %d %d\n", number_of_case,
                WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
  else
    std::printf("ran %d\n", number_of_case);
  std::fflush(stdout);
}

}  // namespace random_nets
