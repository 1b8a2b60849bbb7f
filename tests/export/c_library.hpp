#pragma once
// Compiles C files at run time and calls their functions.

#include <dlfcn.h>

#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace c_export {

/// Flags that every exported file is clean under.
inline constexpr const char* flags =
    " -std=c99 -O1 -Wall -Wextra -Wconversion -Wshadow -Wdouble-promotion -Wmissing-prototypes"
    " -pedantic -Werror ";

/// C compilers of this machine: the one of the environment or cc, and clang where there is one.
inline std::vector<std::string> compilers() {
  const char* own = std::getenv("CC");
  std::vector<std::string> found{own != nullptr ? own : "cc"};
  for (const char* other : {"clang-19", "clang"})
    if (std::system((std::string{"command -v "} + other + " >/dev/null 2>&1").c_str()) == 0) {
      found.push_back(other);
      break;
    }
  return found;
}

/// One file as a library in a folder of its own.
class library {
 public:
  library(const std::string& source, const std::string& compiler, const std::string& more = {}) {
    char name[] = "/tmp/tapeless_export_XXXXXX";
    if (mkdtemp(name) == nullptr) throw std::runtime_error("no folder for C files");
    folder_ = name;
    std::ofstream{folder_ / "net.c"} << source;
    const std::string file = (folder_ / "net.c").string(), out = (folder_ / "net.so").string();
    const std::string command = compiler + flags + more + " -shared -fPIC -o " + out + " " + file +
                                " -lm 2>" + out + ".txt";
    if (std::system(command.c_str()) != 0) {
      std::ifstream errors{out + ".txt"};
      std::string first(2000, ' ');
      errors.read(first.data(), 2000);
      throw std::runtime_error(compiler + " refuses an exported file: " + first);
    }
    handle_ = dlopen(out.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle_ == nullptr) throw std::runtime_error(dlerror());
  }
  ~library() {
    if (handle_ != nullptr) dlclose(handle_);
    std::filesystem::remove_all(folder_);
  }
  library(const library&) = delete;
  library& operator=(const library&) = delete;

  /// The function of a name; F is its type.
  template <class F>
  F* function(const std::string& name) const {
    void* const found = dlsym(handle_, name.c_str());
    if (found == nullptr) throw std::runtime_error("an exported file has no " + name);
    return reinterpret_cast<F*>(found);
  }

 private:
  std::filesystem::path folder_;
  void* handle_ = nullptr;
};

}  // namespace c_export
