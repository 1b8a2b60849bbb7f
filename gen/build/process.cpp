#include "build/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <thread>

extern char** environ;

namespace tapeless::gen {

namespace {

using clock = std::chrono::steady_clock;

std::runtime_error failed(const std::string& program, const std::string& what, int code) {
  return std::runtime_error(
      fmt::format("{}: {}: {}", program, what, std::generic_category().message(code)));
}

/// A pipe whose ends close themselves.
struct pipe_pair {
  std::array<int, 2> end{-1, -1};
  explicit pipe_pair(const std::string& program) {
    if (::pipe2(end.data(), O_CLOEXEC) != 0) throw failed(program, "no pipe", errno);
  }
  ~pipe_pair() {
    for (const int e : end)
      if (e >= 0) ::close(e);
  }
  pipe_pair(const pipe_pair&) = delete;
  pipe_pair& operator=(const pipe_pair&) = delete;
  void close(std::size_t which) {
    ::close(end[which]);
    end[which] = -1;
  }
};

/// A started program. It leads a group of its own, so that all it starts can be ended with it.
class child {
 public:
  child(const std::vector<std::string>& arguments, int out, int err) : name_{arguments.at(0)} {
    std::vector<char*> raw;
    for (const std::string& a : arguments) raw.push_back(const_cast<char*>(a.c_str()));
    raw.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, err, 2);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);
    const int code = posix_spawnp(&id_, raw[0], &actions, &attributes, raw.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (code != 0) throw failed(name_, "cannot be started", code);
  }
  ~child() {
    if (waited_) return;
    ::kill(-id_, SIGKILL);
    int status = 0;
    ::waitpid(id_, &status, 0);
  }
  child(const child&) = delete;
  child& operator=(const child&) = delete;

  int wait(clock::time_point until, const process_limits& limits) {
    int status = 0;
    while (true) {
      const pid_t got = ::waitpid(id_, &status, WNOHANG);
      if (got == id_) break;
      if (got < 0 && errno != EINTR) throw failed(name_, "cannot be waited for", errno);
      if (clock::now() > until) throw too_long(limits);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    waited_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  std::runtime_error too_long(const process_limits& limits) const {
    return std::runtime_error(
        fmt::format("{}: ended after the limit of {} seconds", name_, limits.time.count()));
  }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  pid_t id_ = -1;
  bool waited_ = false;
};

/// Adds what a pipe has to a text. False at its end.
bool read_some(int from, std::string& to) {
  std::array<char, 65536> block{};
  const ssize_t got = ::read(from, block.data(), block.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  to.append(block.data(), static_cast<std::size_t>(got));
  return got > 0;
}

}  // namespace

finished_process run_process(const std::vector<std::string>& arguments,
                             const process_limits& limits) {
  if (arguments.empty()) throw std::runtime_error("no program to run");
  const clock::time_point until = clock::now() + limits.time;
  pipe_pair out(arguments[0]), err(arguments[0]);
  child program(arguments, out.end[1], err.end[1]);
  out.close(1);
  err.close(1);
  finished_process result;
  std::array<pollfd, 2> open{pollfd{out.end[0], POLLIN, 0}, pollfd{err.end[0], POLLIN, 0}};
  while (open[0].fd >= 0 || open[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now());
    if (left.count() <= 0) throw program.too_long(limits);
    if (::poll(open.data(), open.size(), static_cast<int>(left.count())) <= 0) continue;
    for (std::size_t i = 0; i < open.size(); ++i) {
      std::string& text = i == 0 ? result.output : result.errors;
      if (open[i].fd >= 0 && open[i].revents != 0 && !read_some(open[i].fd, text)) open[i].fd = -1;
      if (text.size() > limits.output)
        throw std::runtime_error(
            fmt::format("{}: ended after {} bytes of output", program.name(), text.size()));
    }
  }
  result.status = program.wait(until, limits);
  return result;
}

temporary_folder::temporary_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "tapeless-gen-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw failed(name, "cannot be made", errno);
  path_ = name;
}

temporary_folder::~temporary_folder() {
  std::error_code code;
  std::filesystem::remove_all(path_, code);
}

}  // namespace tapeless::gen
