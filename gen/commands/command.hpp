#pragma once
// The commands of tapeless-gen, one file each.

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

#include "declare/import_model.hpp"

namespace tapeless::gen {

/// A command adds itself to the program and runs from CLI11's callback. Errors: exceptions, whose
/// text main prints; the exit status is then 1.
void add_import(CLI::App& app);
void add_inspect(CLI::App& app);

/// Options that say how a model's shapes become numbers, for every command that reads a model.
struct model_options {
  std::string file;
  std::vector<std::string> dims, shapes, constants, outputs;
  bool no_batch = false;

  void add_to(CLI::App& command);
  model read() const;
  import_options import(const model& m) const;
};

}  // namespace tapeless::gen
