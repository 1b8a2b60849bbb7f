#pragma once
// tapeless-gen import --into: weights from a file for a network that is declared already.

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "commands/command.hpp"
#include "header/header.hpp"

namespace tapeless::gen {

struct weights_arguments {
  std::string into;
  std::vector<std::string> prefixes, keys;
  bool allow_unexpected = false, no_compile = false;
  compile_arguments compile;

  void add_to(CLI::App& command);
};

/// The files to write. `options`: the name is that of the network, and the namespace its own,
/// where they are empty. Errors: std::runtime_error.
std::vector<written_file> import_weights(const std::filesystem::path& file,
                                         const weights_arguments& arguments,
                                         header_options options);

}  // namespace tapeless::gen
