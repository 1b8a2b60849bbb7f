// tapeless-gen export: a declared network becomes an ONNX model or a C file.

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <tapeless/io/file.hpp>

#include "build/compile.hpp"
#include "commands/command.hpp"
#include "onnx_export/onnx_export.hpp"

namespace tapeless::gen {

namespace {

struct export_arguments {
  std::string network, output, weights, parameters;
  compile_arguments compile;
};

/// "header.hpp:net" in two. A drive letter is no separator.
std::pair<std::string, std::string> split_network(const std::string& text) {
  std::size_t at = text.rfind(':');
  while (at != std::string::npos && at > 1 && text[at - 1] == ':') at = text.rfind(':', at - 2);
  if (at == std::string::npos || at < 2 || at + 1 == text.size())
    throw std::runtime_error(fmt::format("'{}': write HEADER:NETWORK, as policy.hpp:policy", text));
  return {text.substr(0, at), text.substr(at + 1)};
}

/// The C++ expression of the parameters: a file, an expression, or NAME_weights of the header.
std::string parameters_text(const export_arguments& a, const std::string& header,
                            const std::string& name) {
  if (!a.weights.empty())
    return fmt::format(
        "[] {{ tapeless::parameters<{0}> theta; tapeless::load<{0}>(R\"file({1})file\", "
        "theta); return theta; }}()",
        name, std::filesystem::absolute(a.weights).string());
  if (!a.parameters.empty()) return a.parameters;
  const byte_buffer content = read_file(header);
  const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
  const std::string short_name = name.substr(name.rfind(':') + 1) + "_weights";
  if (text.find(short_name) != std::string_view::npos) return name + "_weights";
  throw std::runtime_error(
      fmt::format("{} has no {}: give --weights FILE.safetensors, or --parameters EXPRESSION, as "
                  "'tapeless::init<{}>(tapeless::seed{{1}})'",
                  header, short_name, name));
}

/// A program that prints `text`, an expression of the network and its parameters `theta`.
std::string program_text(const export_arguments& a, const std::string& header,
                         const std::string& name, const std::string& text) {
  return fmt::format(
      "#include \"{}\"\n#include <tapeless/host.hpp>\n#include <tapeless/export/describe.hpp>\n"
      "#include <tapeless/export/source.hpp>\n#include <cstdio>\n#include <exception>\n"
      "int main() try {{\n  static const tapeless::parameters<{}> theta = {};\n"
      "  const std::string text = {};\n"
      "  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;\n"
      "}} catch (const std::exception& e) {{\n  std::fprintf(stderr, \"error: %s\\n\", e.what());\n"
      "  return 1;\n}}\n",
      include_text(header), name, parameters_text(a, header, name), text);
}

void run(const export_arguments& a) {
  const auto [header, name] = split_network(a.network);
  const std::string kind = std::filesystem::path(a.output).extension().string();
  if (kind != ".onnx" && kind != ".c")
    throw std::runtime_error(fmt::format("'{}': the output is an .onnx or a .c file", a.output));
  const std::string text =
      fmt::format("tapeless::{}<{}>(theta)", kind == ".c" ? "c_source" : "describe", name);
  compile_options o = a.compile.options();
  o.flags.insert(o.flags.end(), {"-O1", "-lfmt", "-lz"});
  o.limits.output = std::size_t{1} << 30;
  const std::string printed = compile_and_run(program_text(a, header, name, text), a.network, o);
  const std::string bytes =
      kind == ".c" ? printed : onnx_bytes(printed, name.substr(name.rfind(':') + 1));
  write_file(a.output, std::as_bytes(std::span(bytes)));
}

}  // namespace

void add_export(CLI::App& app) {
  const auto a = std::make_shared<export_arguments>();
  CLI::App* command =
      app.add_subcommand("export", "Makes an ONNX model or a C file of a declared network");
  command->add_option("network", a->network, "HEADER:NETWORK, as policy.hpp:policy")->required();
  command->add_option("-o,--output", a->output, "The file to write: .onnx or .c")->required();
  command->add_option("--weights", a->weights, "Its parameters, .safetensors");
  command->add_option("--parameters", a->parameters,
                      "Its parameters as a C++ expression; NETWORK_weights unless given");
  a->compile.add_to(*command);
  command->callback([a] { run(*a); });
}

}  // namespace tapeless::gen
