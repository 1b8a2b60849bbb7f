#pragma once
// The commands of tapeless-gen, one file each.

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "build/compile.hpp"
#include "declare/import_model.hpp"

namespace tapeless::gen {

/// A command adds itself to the program and runs from CLI11's callback. Errors: exceptions, whose
/// text main prints; the exit status is then 1.
void add_import(CLI::App& app);
void add_inspect(CLI::App& app);
void add_verify(CLI::App& app);
void add_export(CLI::App& app);

/// Options that say how a model's shapes become numbers, for every command that reads a model.
struct model_options {
  std::string file;
  std::vector<std::string> dims, shapes, constants, outputs;
  bool no_batch = false;

  void add_to(CLI::App& command);
  model read() const;
  import_options import(const model& m) const;
  std::vector<std::string> constant_files() const;  ///< the .npy files of --constant
};

/// Options of commands that compile a small program.
struct compile_arguments {
  std::string compiler;
  std::vector<std::string> includes, flags;

  void add_to(CLI::App& command);
  compile_options options() const;
};

}  // namespace tapeless::gen
