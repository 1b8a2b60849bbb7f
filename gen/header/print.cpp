#include "header/print.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "header/define.hpp"
#include "model/names.hpp"

namespace tapeless::gen {

namespace {

/// The statements of a chain of layers from the input to the output, or none.
std::vector<int> chain_of(const declaration& d) {
  if (d.inputs.size() != 1 || d.outputs.size() != 1) return {};
  const std::vector<int> uses = d.uses();
  std::vector<int> chain;
  for (int at = d.output; at != d.inputs[0].statement;) {
    const statement& s = d[at];
    const bool is_layer = s.what == statement::kind::dense || !s.layer.empty();
    if (!is_layer || s.operands.size() != 1 || s.operands[0].is_number() ||
        uses[static_cast<std::size_t>(at)] != 1)
      return {};
    chain.push_back(at);
    at = s.operands[0].statement;
  }
  if (uses[static_cast<std::size_t>(d.inputs[0].statement)] != 1) return {};
  return {chain.rbegin(), chain.rend()};
}

std::string dense_text(const statement& s) {
  return fmt::format("tl::dense<{}{}>", s.dims[0], s.bias < 0 ? ", tl::bias::off" : "");
}

void rename(declaration& d, statement& s, const std::string& name) {
  s.name = name;
  d.weights[static_cast<std::size_t>(s.weight)].path = name + ".weight";
  if (s.bias >= 0) d.weights[static_cast<std::size_t>(s.bias)].path = name + ".bias";
}

/// The layers of a chain as template arguments.
std::vector<std::string> layers_of(declaration& d, const std::vector<int>& chain) {
  std::vector<std::string> layers{
      fmt::format("tl::input<{}>", fmt::join(d[d.inputs[0].statement].dims, ", "))};
  for (std::size_t i = 0; i < chain.size(); ++i) {
    statement& s = d[chain[i]];
    if (s.what != statement::kind::dense) {
      layers.push_back(s.layer);
      continue;
    }
    const std::string position = std::to_string(i);
    const bool own = s.name != position && is_meaningful(s.name);
    if (!own) rename(d, s, position);
    layers.push_back(own ? fmt::format("tl::named<\"{}\", {}>", s.name, dense_text(s))
                         : dense_text(s));
  }
  return layers;
}

/// "head a, b, c tail" on one line, or where that is too long, each part on a line of its own.
std::string listed(const std::string& head, const std::vector<std::string>& parts,
                   const std::string& tail) {
  const std::string line = fmt::format("{}{}{}", head, fmt::join(parts, ", "), tail);
  if (line.size() <= 100) return line + "\n";
  return fmt::format("{}\n    {}{}\n", head, fmt::join(parts, ",\n    "), tail);
}

}  // namespace

std::string network_text(declaration& d, const std::string& name) {
  const std::vector<int> chain = chain_of(d);
  if (chain.empty()) return define_text(d, name);
  return listed(fmt::format("struct {} : tl::sequential<", name), layers_of(d, chain), "> {};");
}

}  // namespace tapeless::gen
