#pragma once
// The commands of tapeless-gen as a user calls them, without a process of their own.

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include "build/compile.hpp"
#include "commands/command.hpp"
#include "io/scratch.hpp"

/// Runs a command. Returns what it says when it fails, or "".
inline std::string run_gen(std::vector<std::string> arguments) {
  CLI::App app;
  app.require_subcommand(1);
  tapeless::gen::add_import(app);
  std::reverse(arguments.begin(), arguments.end());
  try {
    app.parse(arguments);
  } catch (const std::exception& e) {
    return e.what();
  }
  return "";
}

/// The options with which compiled programs find the headers of this source tree.
inline tapeless::gen::compile_options with_headers() {
  tapeless::gen::compile_options options;
  options.includes = {(source_folder() / "include").string()};
  return options;
}
