#pragma once
// Opens the shared libraries that hold contenders and probes.
#include <string>
#include <vector>

#include "contender.hpp"

namespace contest {

/// NAME=PATH on the command line. NAME is a peer ("eigen"), a peer and the set of its compiler's
/// flags ("plain:w256"), a build of Tapeless ("tapeless:g++:avx512"), or "probe".
struct module_path {
  std::string label, path;
};

/// A label in its parts: "tapeless:g++:avx512" or "plain:w256".
struct label_parts {
  std::string who, variant, arch;

  explicit label_parts(const std::string& label) {
    const auto first = label.find(':'), second = label.find(':', first + 1);
    who = label.substr(0, first);
    if (first != std::string::npos) variant = label.substr(first + 1, second - first - 1);
    if (second != std::string::npos) arch = label.substr(second + 1);
  }
};

struct labelled {
  std::string label;
  contender what;
};

struct modules {
  std::vector<labelled> contenders;
  std::vector<probe> probes;  ///< names start with the vectors' bytes: "64/fma"
};

/// Throws std::runtime_error with the loader's words.
modules open_modules(const std::vector<module_path>& paths, std::size_t l1, std::size_t l2);

/// Bytes of the L1 data cache (level 1) or L2; 32 KiB and 1 MiB where the system does not say.
std::size_t cache_bytes(int level);

}  // namespace contest
