#include "header/weights.hpp"

#include <fmt/format.h>

#include <tapeless/io/safetensors.hpp>

#include "header/numbers.hpp"

namespace tapeless::gen {

namespace {

/// The largest weights in bytes that stand in the header unless options say otherwise.
constexpr std::size_t most_bytes_in_header = 64 * 1024;

/// The type whose parameters the weights are.
const std::string& network_of(const header_options& o) {
  return o.network.empty() ? o.name : o.network;
}

/// `theta.assign<"0.weight">(ARRAY);` for all weights.
std::string assignments(const declaration& d, const header_options& o) {
  const std::vector<std::string> names = array_names(d);
  std::string text = fmt::format("  tl::parameters<{}> theta;\n", network_of(o));
  for (std::size_t i = 0; i < names.size(); ++i)
    text +=
        fmt::format("  theta.assign<\"{}\">({}_data::{});\n", d.weights[i].path, o.name, names[i]);
  return text + "  return theta;\n";
}

std::string in_header(const declaration& d, const header_options& o) {
  const std::vector<std::string> names = array_names(d);
  std::string text = fmt::format("namespace {}_data {{\n\n", o.name);
  for (std::size_t i = 0; i < names.size(); ++i)
    text += fmt::format("// {}\ninline constexpr float {}[] = {{\n{}}};\n",
                        shape_text(d.weights[i].dims).substr(9), names[i],
                        numbers_text(d.weights[i].numbers));
  text += fmt::format("\n}}  // namespace {}_data\n\n", o.name);
  return text + fmt::format(
                    "/// The parameters as the model has them.\n"
                    "inline constexpr tl::parameters<{0}> {1}_weights = [] {{\n{2}}}();\n",
                    network_of(o), o.name, assignments(d, o));
}

/// 64 bits of the numbers, so that symbols of different models differ (FNV-1a).
std::string fingerprint(const std::string& bytes) {
  std::uint64_t h = 14695981039346656037ull;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return fmt::format("{:016x}", h);
}

/// Declarations of arrays whose content is elsewhere.
std::string extern_arrays(const declaration& d, const header_options& o,
                          const std::string& symbol) {
  const std::vector<std::string> names = array_names(d);
  std::string text = fmt::format("namespace {}_data {{\n\n", o.name);
  for (std::size_t i = 0; i < names.size(); ++i)
    text += fmt::format(
        "extern \"C\" __attribute__((visibility(\"hidden\"))) const float "
        "{0}_{1}[{2}];  // {3}\ninline constexpr auto& {4} = {0}_{1};\n",
        symbol, i, d.weights[i].numbers.size(), shape_text(d.weights[i].dims).substr(9), names[i]);
  text += fmt::format("\n}}  // namespace {}_data\n\n", o.name);
  return text + fmt::format(
                    "/// The parameters as the model has them, set when the program starts.\n"
                    "inline const tl::parameters<{0}> {1}_weights = [] {{\n{2}}}();\n",
                    network_of(o), o.name, assignments(d, o));
}

std::string in_blob(const declaration& d, const header_options& o,
                    std::vector<written_file>& files) {
  const std::string bytes = bytes_of(d);
  const std::string symbol = fmt::format("{}_{}", o.name, fingerprint(bytes));
  std::string text =
      "#ifndef __ELF__\n#error \"a blob is included by the assembler of ELF systems alone; import "
      "with --weights object\"\n#endif\n"
      "// The assembler puts the file beside this header into the program, once for all sources.\n";
  text += fmt::format(
      "asm(\".pushsection .rodata.{0},\\\"aG\\\",%progbits,{0},comdat\\n\"\n"
      "    \".balign 64\\n\"\n",
      symbol);
  std::size_t offset = 0;
  for (std::size_t i = 0; i < d.weights.size(); ++i) {
    const std::size_t size = d.weights[i].numbers.size() * sizeof(float);
    text += fmt::format(
        "    \".weak {0}_{1}\\n.hidden {0}_{1}\\n{0}_{1}:\\n.incbin \\\"\" __FILE__ "
        "\".weights\\\",{2},{3}\\n\"\n",
        symbol, i, offset, size);
    offset += size;
  }
  text += "    \".popsection\\n\");\n\n";
  std::filesystem::path blob = o.file;
  blob += ".weights";
  files.push_back({blob, bytes});
  return text + extern_arrays(d, o, symbol);
}

std::string in_object(const declaration& d, const header_options& o,
                      std::vector<written_file>& files) {
  const std::string symbol = fmt::format("{}_{}", o.name, fingerprint(bytes_of(d)));
  std::string source = fmt::format(
      "// The weights of {}; compile this file into the program. Made by "
      "tapeless-gen.\n\n",
      o.file.filename().string());
  for (std::size_t i = 0; i < d.weights.size(); ++i) {
    source += fmt::format(
        "extern \"C\" const float {0}_{1}[{2}];\n"
        "const float {0}_{1}[{2}] = {{  // {3}\n{4}}};\n\n",
        symbol, i, d.weights[i].numbers.size(), d.weights[i].path,
        numbers_text(d.weights[i].numbers));
  }
  std::filesystem::path file = o.file;
  file += ".weights.cpp";
  files.push_back({file, source});
  std::string text = extern_arrays(d, o, symbol);
  const std::string hidden = "__attribute__((visibility(\"hidden\"))) ";
  for (std::size_t at; (at = text.find(hidden)) != std::string::npos;)
    text.erase(at, hidden.size());
  return text;
}

std::string in_safetensors(const declaration& d, const header_options& o,
                           std::vector<written_file>& files) {
  std::filesystem::path file = o.file;
  file.replace_extension(".safetensors");
  tensor_file content;
  for (const weight& w : d.weights) {
    named_array a;
    a.name = w.path;
    a.data.type = element_type::f32;
    a.data.shape = array_shape(w.dims.begin(), w.dims.end());
    for (const double x : w.numbers) {
      const auto f = static_cast<float>(x);
      const auto* four = reinterpret_cast<const std::byte*>(&f);
      a.data.content.insert(a.data.content.end(), four, four + sizeof f);
    }
    content.tensors.push_back(std::move(a));
  }
  const byte_buffer bytes = encode_safetensors(file, content);
  files.push_back({file, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())});
  return fmt::format(
      "// The weights are in {0}: tl::parameters<{1}> theta; tl::load<{1}>(\"{0}\", "
      "theta);\n// (with <tapeless/host.hpp>).\n",
      file.filename().string(), network_of(o));
}

}  // namespace

std::size_t element_count(const declaration& d) {
  std::size_t count = 0;
  for (const weight& w : d.weights) count += w.numbers.size();
  return count;
}

weights_in place_of(const declaration& d, weights_in where) {
  if (where != weights_in::automatic) return where;
  return element_count(d) * sizeof(float) <= most_bytes_in_header ? weights_in::header
                                                                  : weights_in::blob;
}

std::string weights_text(const declaration& d, const header_options& options, weights_in where,
                         std::vector<written_file>& files) {
  if (d.weights.empty()) {
    // The file beside the header is written all the same: build systems wait for it.
    if (where == weights_in::blob) in_blob(d, options, files);
    if (where == weights_in::object) in_object(d, options, files);
    if (where == weights_in::external) in_safetensors(d, options, files);
    return fmt::format("inline constexpr tl::parameters<{0}> {1}_weights;\n", network_of(options),
                       options.name);
  }
  switch (where) {
    case weights_in::blob:
      return in_blob(d, options, files);
    case weights_in::object:
      return in_object(d, options, files);
    case weights_in::external:
      return in_safetensors(d, options, files);
    case weights_in::automatic:
    case weights_in::header:
      break;
  }
  return in_header(d, options);
}

}  // namespace tapeless::gen
