#pragma once
// What a C file is asked to be, and the names in it.

#include <string>
#include <string_view>
#include <tapeless/core/config.hpp>

namespace tapeless {

/// Choices for a C file.
struct c_options {
  std::string prefix = {};  ///< of all names; that of the network unless said
  bool forward = true;  ///< which functions a file for training has; a file without is all forward
  bool loss = true;
  bool gradient = true;
  bool step = true;
  /// Scalar operations up to which a whole function is written without loops, and one step of a
  /// larger function.
  double straight_budget = 128, unroll_budget = 32;
};

namespace detail {

/// Text as a C identifier: what is no letter or digit becomes an underscore.
TAPELESS_NATIVE inline std::string c_identifier(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    name += letter || (c >= '0' && c <= '9') ? c : '_';
  }
  return name;
}

TAPELESS_NATIVE inline std::string c_upper(std::string name) {
  for (char& c : name)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return name;
}

/// The name of a type without its namespaces; `network` where it has template arguments.
template <class Net>
TAPELESS_NATIVE std::string short_name_of() {
  std::string_view all = __PRETTY_FUNCTION__;
  const std::size_t begin = all.find("Net = ") + 6;
  all = all.substr(begin, all.find_first_of(";]", begin) - begin);
  const std::size_t colons = all.rfind("::");
  if (colons != all.npos) all = all.substr(colons + 2);
  for (const char c : all)
    if (c_identifier({&c, 1}) == "_" && c != '_') return "network";
  return std::string{all};
}

}  // namespace detail
}  // namespace tapeless
