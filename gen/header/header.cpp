#include "header/header.hpp"

#include <fmt/format.h>

#include <set>

#include "header/print.hpp"
#include "header/weights.hpp"

namespace tapeless::gen {

std::string comment_text(const std::string& text) {
  std::string line;
  for (const char c : text.substr(0, 80))
    line += static_cast<unsigned char>(c) < 32 || c == 127 ? ' ' : c;
  while (!line.empty() && (line.back() == '\\' || line.back() == ' ')) line.pop_back();
  return line;
}

std::string_view place_text(weights_in where) {
  constexpr std::string_view places[] = {"", "below", "in a blob beside this header",
                                         "in a source beside this header",
                                         "in a .safetensors file"};
  return places[static_cast<std::size_t>(where)];
}

namespace {

std::string rows_text(const std::vector<result>& rows, const char* label) {
  std::string text;
  for (const result& r : rows)
    text += fmt::format("//   {:<9} {} {}{}\n", label, comment_text(r.name), text_of(r.dims),
                        rows.size() == 1 ? ""
                                         : fmt::format(": elements {} to {} of a row", r.begin,
                                                       r.begin + r.count - 1));
  return text;
}

std::string provenance(const model& m, const declaration& d, const header_options& o,
                       weights_in where) {
  std::string opsets;
  for (const auto& [domain, version] : m.opsets)
    opsets += fmt::format(", {} {}", domain.empty() ? "opset" : comment_text(domain), version);
  return fmt::format(
      "// Network {}: made by tapeless-gen from a trained model. The next import overwrites\n"
      "// changes.\n//\n//   source    {}\n//   SHA-256   {}\n"
      "//   producer  {}, IR {}{}\n{}{}//   weights   {} numbers {}\n",
      o.name, comment_text(m.file), m.digest,
      m.producer.empty() ? "unknown" : comment_text(m.producer), m.ir_version, opsets,
      rows_text(d.inputs, "input"), rows_text(d.outputs, "output"), element_count(d),
      place_text(where));
}

/// Constants that say which elements of a row are which input or output, where there are several.
std::string columns_text(const std::vector<result>& rows, const std::string& name) {
  if (rows.size() < 2) return {};
  std::string text =
      fmt::format("\n/// Where each {0} begins in a row of {0}s.\nnamespace {1}_{0} {{\n",
                  name.substr(name.rfind(' ') + 1), name.substr(0, name.find(' ')));
  std::set<std::string> taken;
  for (const result& r : rows) {
    std::string id = identifier_of(r.name);
    if (id.empty()) id = "value";
    while (!taken.insert(id).second) id += fmt::format("_at_{}", r.begin);
    text += fmt::format("inline constexpr int {} = {};\n", id, r.begin);
  }
  return text + fmt::format("}}\n");
}

}  // namespace

std::vector<written_file> header_files(const model& m, declaration d, const header_options& o) {
  std::vector<written_file> files(1);
  const weights_in where = place_of(d, o.where);
  const std::string network = network_text(d, o.name);
  std::string text = "#pragma once\n" + provenance(m, d, o, where);
  text += "\n#include <tapeless/tapeless.hpp>\n\nnamespace tl = tapeless;\n\n";
  if (!o.name_space.empty()) text += fmt::format("namespace {} {{\n\n", o.name_space);
  text += network + columns_text(d.inputs, o.name + " input") +
          columns_text(d.outputs, o.name + " output") + "\n";
  text += weights_text(d, o, where, files);
  if (!o.name_space.empty()) text += fmt::format("\n}}  // namespace {}\n", o.name_space);
  files[0] = {o.file, std::move(text)};
  return files;
}

}  // namespace tapeless::gen
