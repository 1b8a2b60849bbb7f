#include "inspect/inspect.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "model/work_limit.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

namespace {

std::string value_text(const declared_value& v) {
  std::vector<std::string> dims;
  for (const dimension& d : v.dims)
    dims.push_back(d.known() ? std::to_string(d.extent) : d.symbol.empty() ? "?" : d.symbol);
  return fmt::format("{}: {} {}", v.name, name_of(v.type),
                     v.has_shape ? fmt::format("[{}]", fmt::join(dims, ", ")) : "of unknown shape");
}

/// Operations on numbers that a node takes: products by their inner extent, others by element.
std::int64_t flops_of(const node& n, const std::vector<const tensor*>& in,
                      const std::vector<tensor>& out) {
  static const std::set<std::string> free{
      "Reshape",  "Flatten", "Squeeze",  "Unsqueeze", "Transpose", "Concat",
      "Split",    "Slice",   "Identity", "Cast",      "Expand",    "Shape",
      "Constant", "Dropout", "Pad",      "Gather",    "Tile"};
  if (out.empty() || free.count(n.operation) > 0) return 0;
  const std::int64_t count = out[0].count();
  if (n.operation == "MatMul" && in[0]->rank() > 0) return 2 * count * in[0]->dims.back();
  if (n.operation == "Gemm") {
    const auto at = n.attributes.find("transA");
    const bool turned = at != n.attributes.end() && at->second.integer != 0;
    return 2 * count * in[0]->dims.at(turned ? 0 : 1) + (in.size() > 2 ? count : 0);
  }
  std::int64_t elements = count;  // reductions work on their operand
  for (const tensor* t : in) elements = std::max(elements, t != nullptr ? t->count() : 0);
  return elements;
}

class walk {
 public:
  walk(const model& m, const import_options& options) : m_{m} {
    for (const auto& [name, t] : m.initializers) {
      values_[name] = t;
      constant_.insert(name);
    }
    for (const auto& [name, t] : options.constants) values_[name] = t;
    for (const declared_value& v : m.inputs) {
      if (values_.count(v.name) > 0) continue;
      try {
        model one;
        one.inputs = {v};
        values_.merge(random_inputs(one, options.known, 1, 17));
      } catch (const std::exception&) {  // the import says what is wrong with the input
      }
    }
    for (std::size_t i = 0; i < m.nodes.size(); ++i)
      for (const std::string& name : m.nodes[i].inputs) last_use_[name] = i;
    for (const declared_value& v : m.outputs) last_use_[v.name] = m.nodes.size();
    for (const auto& [name, last] : last_use_) ends_[last].push_back(name);
    for (const auto& [name, t] : values_) count_memory(name, 1);
  }

  void take(std::size_t index, model_facts& facts) {
    const node& n = m_.nodes[index];
    node_facts f{n.label(), n.full_operation(), "", 0, 0, "", n.inputs, n.outputs};
    std::vector<const tensor*> in;
    bool known = true, constant = true;
    for (const std::string& name : n.inputs) {
      const auto at = values_.find(name);
      known = known && (name.empty() || at != values_.end());
      in.push_back(at != values_.end() ? &at->second : nullptr);
      constant = constant && (name.empty() || constant_.count(name) > 0);
      if (m_.initializers.count(name) > 0 && counted_.insert(name).second)
        f.parameters += m_.initializers.at(name).count();
    }
    if (known && find_operator(n.domain, n.operation) != nullptr) evaluate_into(f, n, in, constant);
    if (!constant) facts.live_bytes = std::max(facts.live_bytes, live_bytes_);
    for (const std::string& name : ends_[index]) count_memory(name, -1);
    facts.nodes.push_back(std::move(f));
  }

 private:
  void evaluate_into(node_facts& f, const node& n, const std::vector<const tensor*>& in,
                     bool constant) {
    try {
      std::vector<tensor> out = evaluate(n, in);
      if (!constant) f.flops = flops_of(n, in, out);
      for (std::size_t i = 0; i < out.size(); ++i) {
        f.shapes += (f.shapes.empty() ? "" : " ") + text_of(out[i].dims);
        if (n.outputs[i].empty()) continue;
        if (constant) constant_.insert(n.outputs[i]);
        values_[n.outputs[i]] = std::move(out[i]);
        count_memory(n.outputs[i], 1);
      }
    } catch (const std::exception&) {  // the import says why
    }
  }

  /// Adds or takes away a value that depends on the input and is read at some time.
  void count_memory(const std::string& name, std::int64_t sign) {
    const auto at = values_.find(name);
    if (at == values_.end() || constant_.count(name) > 0 || last_use_.count(name) == 0) return;
    live_bytes_ += sign * 4 * at->second.count();
  }

  const model& m_;
  tensors values_;
  std::set<std::string> constant_, counted_;
  std::map<std::string, std::size_t> last_use_;
  std::map<std::size_t, std::vector<std::string>> ends_;  ///< values by the node of their last use
  std::int64_t live_bytes_ = 0;
};

}  // namespace

model_facts inspect(const model& m, const import_options& options) {
  model_facts f;
  f.file = m.file;
  f.producer = m.producer;
  f.digest = m.digest;
  for (const auto& [domain, version] : m.opsets)
    f.opsets += fmt::format("{}{} {}", f.opsets.empty() ? "" : ", ",
                            domain.empty() ? "ai.onnx" : domain, version);
  for (const declared_value& v : m.inputs) f.inputs.push_back(value_text(v));
  for (const declared_value& v : m.outputs) f.outputs.push_back(value_text(v));
  for (const auto& [name, t] : m.initializers) f.parameters += t.count();
  f.parameter_bytes = 4 * f.parameters;
  const work_limit limit(most_work);
  walk w(m, options);
  for (std::size_t i = 0; i < m.nodes.size(); ++i) w.take(i, f);
  for (const node_facts& n : f.nodes) f.flops += n.flops;
  try {
    import_model(m, options);
  } catch (const model_refused& r) {
    f.reasons = r.reasons;
  }
  std::map<std::pair<std::string, std::string>, std::string> refused;
  for (const reason& r : f.reasons) refused[{r.node, r.operation}] = r.what;
  for (node_facts& n : f.nodes)
    if (const auto at = refused.find({n.name, n.operation}); at != refused.end())
      n.refused = at->second;
  return f;
}

}  // namespace tapeless::gen
