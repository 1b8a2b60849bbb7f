#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include <map>

#include "inspect/inspect.hpp"

namespace tapeless::gen {

namespace {

/// 12345678 as 12.3 M.
std::string short_number(std::int64_t x) {
  if (x < 10000) return std::to_string(x);
  const auto value = static_cast<double>(x);
  if (x < 10000000) return fmt::format("{:.1f} k", value / 1e3);
  return fmt::format("{:.1f} M", value / 1e6);
}

/// Text with its line breaks and quotes harmless in a .dot file.
std::string quoted(const std::string& text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += static_cast<unsigned char>(c) < 32 ? ' ' : c;
  }
  return safe + "\"";
}

}  // namespace

std::string table_text(const model_facts& f) {
  std::size_t name = 4, operation = 8, shapes = 6;
  for (const node_facts& n : f.nodes) {
    name = std::min(std::max(name, n.name.size()), std::size_t{44});
    operation = std::max(operation, n.operation.size());
    shapes = std::min(std::max(shapes, n.shapes.size()), std::size_t{30});
  }
  std::string text =
      fmt::format("{}: {}, {}\nSHA-256 {}\n", f.file,
                  f.producer.empty() ? "unknown producer" : f.producer, f.opsets, f.digest);
  for (const std::string& s : f.inputs) text += "input  " + s + "\n";
  for (const std::string& s : f.outputs) text += "output " + s + "\n";
  text += fmt::format("\n{:<{}}  {:<{}}  {:<{}}  {:>10}  {:>10}\n", "node", name, "operator",
                      operation, "shape", shapes, "parameters", "operations");
  for (const node_facts& n : f.nodes)
    text += fmt::format("{:<{}.{}}  {:<{}}  {:<{}}  {:>10}  {:>10}{}\n", n.name, name, name,
                        n.operation, operation, n.shapes.empty() ? "?" : n.shapes, shapes,
                        short_number(n.parameters), short_number(n.flops),
                        n.refused.empty() ? "" : "  refused");
  text += fmt::format(
      "\nparameters  {} ({} bytes as float)\noperations  {} per sample (2 per multiply-add)\n"
      "memory      at most {} bytes of values alive at once, which the library keeps "
      "on the stack\n",
      f.parameters, f.parameter_bytes, f.flops, f.live_bytes);
  if (f.reasons.empty()) return text + "import      possible\n";
  return text + fmt::format("import      refused for {} reason{}:\n{}", f.reasons.size(),
                            f.reasons.size() == 1 ? "" : "s", text_of(f.reasons));
}

std::string json_text(const model_facts& f) {
  nlohmann::ordered_json nodes = nlohmann::ordered_json::array();
  for (const node_facts& n : f.nodes)
    nodes.push_back({{"name", n.name},
                     {"operator", n.operation},
                     {"shapes", n.shapes},
                     {"parameters", n.parameters},
                     {"operations", n.flops},
                     {"inputs", n.inputs},
                     {"outputs", n.outputs},
                     {"refused", n.refused}});
  nlohmann::ordered_json reasons = nlohmann::ordered_json::array();
  for (const reason& r : f.reasons)
    reasons.push_back(
        {{"node", r.node}, {"operator", r.operation}, {"what", r.what}, {"instead", r.instead}});
  const nlohmann::ordered_json all{{"file", f.file},
                                   {"producer", f.producer},
                                   {"sha256", f.digest},
                                   {"opsets", f.opsets},
                                   {"inputs", f.inputs},
                                   {"outputs", f.outputs},
                                   {"parameters", f.parameters},
                                   {"parameter_bytes", f.parameter_bytes},
                                   {"operations", f.flops},
                                   {"live_bytes", f.live_bytes},
                                   {"nodes", nodes},
                                   {"refused", reasons}};
  // Names of a model may be no UTF-8.
  return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string dot_text(const model_facts& f) {
  std::string text = "digraph model {\n  node [shape=box, fontname=\"sans-serif\"];\n";
  std::map<std::string, std::size_t> made_by;
  for (std::size_t i = 0; i < f.nodes.size(); ++i) {
    const node_facts& n = f.nodes[i];
    text += fmt::format("  n{} [label={}{}];\n", i, quoted(n.operation + " " + n.shapes),
                        n.refused.empty() ? "" : ", color=red");
    for (const std::string& name : n.outputs) made_by[name] = i;
  }
  for (std::size_t i = 0; i < f.nodes.size(); ++i)
    for (const std::string& name : f.nodes[i].inputs)
      if (const auto at = made_by.find(name); at != made_by.end())
        text += fmt::format("  n{} -> n{};\n", at->second, i);
  return text + "}\n";
}

}  // namespace tapeless::gen
