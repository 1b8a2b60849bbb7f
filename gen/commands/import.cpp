// tapeless-gen import: a model, or the weights of a declared network, become a header.

#include <fmt/format.h>

#include <map>
#include <set>
#include <stdexcept>

#include <tapeless/io/file.hpp>

#include "build/compile.hpp"
#include "commands/command.hpp"
#include "commands/import_weights.hpp"
#include "header/header.hpp"
#include "header/print.hpp"
#include "weights/network_table.hpp"

namespace tapeless::gen {

namespace {

struct import_arguments {
  model_options source;
  std::string output, name, name_space, depfile;
  weights_in where = weights_in::automatic;
  bool topology = false;
  weights_arguments weights;
};

const std::map<std::string, weights_in> places{{"auto", weights_in::automatic},
                                               {"header", weights_in::header},
                                               {"blob", weights_in::blob},
                                               {"object", weights_in::object},
                                               {"external", weights_in::external}};

void write(const std::vector<written_file>& files) {
  // The header last: a header without the file that the header needs would not compile.
  for (std::size_t i = files.size(); i-- > 0;) {
    const std::string& text = files[i].content;
    write_file(files[i].path, std::as_bytes(std::span(text)));
  }
}

/// A path in the rule of a makefile.
std::string escaped(const std::filesystem::path& path) {
  std::string text;
  for (const char c : path.string()) {
    if (c == ' ' || c == '#') text += '\\';
    if (c == '$') text += '$';
    text += c;
  }
  return text;
}

/// Tells a build system which files were read: it imports again when one of them changes.
void write_depfile(const import_arguments& a, const std::set<std::filesystem::path>& read) {
  if (a.depfile.empty()) return;
  std::string text = escaped(a.output) + ":";
  for (const std::filesystem::path& file : read) text += " \\\n  " + escaped(file);
  text += "\n";
  write_file(a.depfile, std::as_bytes(std::span(text)));
}

/// Appends a check that the network is the imported one: the hash of its topology, which only a
/// compiler knows.
void add_topology(std::vector<written_file>& files, const header_options& o,
                  const compile_options& compile) {
  const temporary_folder folder;
  for (const written_file& f : files)
    write_file(folder.path() / f.path.filename(), std::as_bytes(std::span(f.content)));
  const std::string name =
      o.name_space.empty() ? o.name : fmt::format("{}::{}", o.name_space, o.name);
  const std::string source = fmt::format(
      "#include \"{}\"\n#include <cstdio>\nint main() {{ std::printf(\"%016llx\", "
      "static_cast<unsigned long long>(tapeless::topology_hash<{}>)); }}\n",
      include_text(folder.path() / o.file.filename()), name);
  compile_options options = compile;
  options.flags.emplace_back("-O0");
  files[0].content += fmt::format(
      "\nstatic_assert(tl::topology_hash<{}> == 0x{}ull,\n"
      "              \"the network is not the one that was imported\");\n",
      name, compile_and_run(source, o.file.filename().string(), options));
}

void run(const import_arguments& a) {
  header_options o;
  o.file = a.output;
  o.name_space = a.name_space;
  o.where = a.where;
  o.name = a.name;
  if (!a.weights.into.empty()) {
    write(import_weights(a.source.file, a.weights, o));
    write_depfile(a, {a.source.file, place_of_network(a.weights.into).header});
    return;
  }
  const model m = a.source.read();
  const declaration d = import_model(m, a.source.import(m));
  o.name = identifier_of(a.name.empty() ? o.file.stem().string() : a.name);
  if (o.name.empty()) throw std::runtime_error("--name: give the network a name with a letter");
  std::vector<written_file> files = header_files(m, d, o);
  if (a.topology) add_topology(files, o, a.weights.compile.options());
  write(files);
  std::set<std::filesystem::path> read = m.external;
  read.insert(a.source.file);
  for (const std::string& file : a.source.constant_files()) read.insert(file);
  write_depfile(a, read);
}

}  // namespace

void add_import(CLI::App& app) {
  const auto a = std::make_shared<import_arguments>();
  CLI::App* command =
      app.add_subcommand("import", "Makes a header of a trained model, or of weights");
  a->source.add_to(*command);
  command->add_option("-o,--output", a->output, "The header to write")->required();
  command->add_option("--name", a->name, "Name of the network's struct; the header's unless given");
  command->add_option("--namespace", a->name_space, "Namespace around it");
  command
      ->add_option("--weights", a->where,
                   "Where weights stand: header (up to 64 kB, constant expressions), blob (a file "
                   "beside the header, for g++ and clang), object (a source beside the header), "
                   "external (.safetensors)")
      ->transform(CLI::CheckedTransformer(places, CLI::ignore_case));
  command->add_option(
      "--depfile", a->depfile,
      "Writes the names of the files read as a rule of a makefile, for build systems");
  command->add_flag("--topology", a->topology,
                    "Compiles the header and adds a check of its topology hash");
  a->weights.add_to(*command);
  for (const char* name :
       {"--dim", "--shape", "--constant", "--outputs", "--no-batch", "--topology"})
    command->get_option("--into")->excludes(command->get_option(name));
  command->callback([a] { run(*a); });
}

}  // namespace tapeless::gen
