#include "commands/import_weights.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include <tapeless/io/error.hpp>
#include <tapeless/io/file.hpp>

#include "header/print.hpp"
#include "model/digest.hpp"
#include "weights/state_dict.hpp"
#include "weights/weights_header.hpp"

namespace tapeless::gen {

namespace {

bool same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code code;
  return std::filesystem::equivalent(a, b, code) && !code;
}

/// Errors: std::runtime_error if a file to write is one that was read.
void expect_others(const std::vector<written_file>& files, const std::filesystem::path& weights,
                   const std::filesystem::path& header) {
  for (const written_file& f : files)
    if (same_file(f.path, weights) || same_file(f.path, header))
      throw std::runtime_error(fmt::format(
          "{} would be overwritten, which is read; choose another -o", f.path.string()));
}

}  // namespace

void weights_arguments::add_to(CLI::App& command) {
  command.add_option("--into", into,
                     "HEADER:NETWORK: takes the file (.safetensors, .pt) as weights of a network "
                     "that a header declares, as net.hpp:robot::policy");
  command
      .add_option("--strip-prefix", prefixes,
                  "Removed from the tensors' names: module., _orig_mod., actor.")
      ->allow_extra_args(false);
  command
      .add_option("--key", keys,
                  "Where in a .pt file the state_dict is, unless under state_dict, "
                  "model_state_dict or model")
      ->allow_extra_args(false);
  command.add_flag("--allow-unexpected", allow_unexpected,
                   "Leaves out what the network does not have");
  command.add_flag("--no-compile", no_compile,
                   "Does not compare with the network; its compiler then checks names and counts");
  compile.add_to(command);
  for (const char* name : {"--strip-prefix", "--key", "--allow-unexpected", "--no-compile"})
    command.get_option(name)->needs(command.get_option("--into"));
}

std::vector<written_file> import_weights(const std::filesystem::path& file,
                                         const weights_arguments& a, header_options o) {
  const network_place network = place_of_network(a.into);
  if (o.name_space.empty()) o.name_space = network.name_space();
  o.name = identifier_of(o.name.empty() ? network.plain_name() : o.name);
  if (o.name.empty()) throw std::runtime_error("--name: give the weights a name with a letter");
  if (a.no_compile && o.where == weights_in::external)
    throw std::runtime_error("--no-compile: weights in a .safetensors file are not checked then");
  tensor_file content = read_state_dict(file, {a.keys, a.allow_unexpected});
  const std::string digest = sha256(read_file(file));
  strip_prefixes(content, a.prefixes);
  std::vector<weight> weights;
  if (a.no_compile) {
    weights = unfitted(content);
  } else {
    const std::vector<declared_parameter> parameters = parameters_of(network, a.compile.options());
    try {
      weights = fitted(content, parameters, a.allow_unexpected);
    } catch (const std::runtime_error& e) {
      throw file_error(file, e.what());
    }
  }
  std::vector<written_file> files =
      weights_header_files(std::move(weights), network, {file.filename().string(), digest}, o);
  expect_others(files, file, network.header);
  return files;
}

}  // namespace tapeless::gen
