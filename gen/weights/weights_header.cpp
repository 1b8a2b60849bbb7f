#include "weights/weights_header.hpp"

#include <fmt/format.h>

#include <set>
#include <stdexcept>

#include <tapeless/io/error.hpp>
#include <tapeless/io/state.hpp>

#include "header/weights.hpp"

namespace tapeless::gen {

namespace {

weight weight_of(const named_array& tensor) {
  weight w;
  w.path = tensor.name;
  w.dims = tensor.data.shape;
  w.numbers = tensor.data.values<double>();
  return w;
}

/// A prefix that, taken away, gives every parameter that is missing a tensor; empty if none does.
std::string prefix_that_fits(const tensor_file& content,
                             const std::vector<declared_parameter>& parameters) {
  const std::string& wanted = parameters.front().path;
  std::set<std::string> names;
  for (const named_array& t : content.tensors) names.insert(t.name);
  for (const named_array& t : content.tensors) {
    if (t.name.size() <= wanted.size() || !t.name.ends_with("." + wanted)) continue;
    const std::string prefix = t.name.substr(0, t.name.size() - wanted.size());
    bool all = true;
    for (const declared_parameter& p : parameters) all = all && names.count(prefix + p.path) > 0;
    if (all) return prefix;
  }
  return {};
}

/// How the header is named from where the weights' header is.
std::string relative_include(const std::filesystem::path& header,
                             const std::filesystem::path& from) {
  std::error_code code;
  const std::filesystem::path folder = std::filesystem::weakly_canonical(
      from.parent_path().empty() ? std::filesystem::path(".") : from.parent_path(), code);
  const std::filesystem::path target = std::filesystem::weakly_canonical(header, code);
  const std::filesystem::path relative = target.lexically_relative(folder);
  return relative.empty() ? include_text(header) : relative.generic_string();
}

}  // namespace

std::vector<weight> fitted(const tensor_file& content,
                           const std::vector<declared_parameter>& parameters,
                           bool allow_unexpected) {
  std::vector<array_view> views;
  for (const declared_parameter& p : parameters)
    views.push_back({p.path, p.shape, element_type::f32, {}, {}});
  const std::string wrong = differences(content, views, {.allow_unexpected = allow_unexpected});
  if (!wrong.empty()) {
    const std::string prefix = parameters.empty() ? "" : prefix_that_fits(content, parameters);
    throw std::runtime_error(
        fmt::format("tensors do not fit the network: {}{}", wrong,
                    prefix.empty() ? "" : fmt::format("\ntry --strip-prefix {}", quote(prefix))));
  }
  std::vector<weight> weights;
  for (const declared_parameter& p : parameters)
    weights.push_back(weight_of({p.path, *content.find(p.path)}));
  return weights;
}

std::vector<weight> unfitted(const tensor_file& content) {
  std::vector<weight> weights;
  for (const named_array& t : content.tensors) {
    for (const char c : t.name)
      if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 32 || c == 127)
        throw std::runtime_error(fmt::format("the name {} is no path", quote(t.name)));
    if (t.data.size() == 0)
      throw std::runtime_error(fmt::format("tensor {} is empty", quote(t.name)));
    weights.push_back(weight_of(t));
  }
  return weights;
}

std::vector<written_file> weights_header_files(std::vector<weight> weights,
                                               const network_place& network,
                                               const weights_source& source,
                                               const header_options& options) {
  declaration d;
  d.weights = std::move(weights);
  header_options o = options;
  o.network = network.name_space() == o.name_space ? network.plain_name() : "::" + network.name;
  std::vector<written_file> files(1);
  const weights_in where = place_of(d, o.where);
  std::string text = fmt::format(
      "#pragma once\n// Weights of network {}: made by tapeless-gen. Changes here are lost with "
      "the "
      "next import.\n//\n//   source    {}\n//   SHA-256   {}\n//   weights   {} numbers {}\n\n"
      "#include \"{}\"\n\n#include <tapeless/run/parameters.hpp>\n\nnamespace tl = tapeless;\n\n",
      network.name, comment_text(source.file), source.digest, element_count(d), place_text(where),
      relative_include(network.header, o.file));
  if (!o.name_space.empty()) text += fmt::format("namespace {} {{\n\n", o.name_space);
  text += weights_text(d, o, where, files);
  if (!o.name_space.empty()) text += fmt::format("\n}}  // namespace {}\n", o.name_space);
  files[0] = {o.file, std::move(text)};
  return files;
}

}  // namespace tapeless::gen
