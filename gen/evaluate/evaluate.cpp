#include "evaluate/evaluate.hpp"

#include <fmt/format.h>

#include <random>
#include <set>
#include <stdexcept>

#include "model/work_limit.hpp"
#include "operators/call.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

namespace {

/// Operators that copy elements whatever they are. The others would read texts as numbers.
bool takes_texts(const node& n) {
  static const std::set<std::string_view> known{"Identity",  "Reshape", "Flatten", "Squeeze",
                                                "Unsqueeze", "Shape",   "Size",    "Cast"};
  return !n.domain.empty() || known.count(n.operation) > 0;
}

/// Errors: refusal if a named output was not computed, or has not the elements of its shape.
void expect_complete(const node& n, const std::vector<tensor>& outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const tensor& t = outputs[i];
    const std::size_t there = t.type == element::text ? t.texts.size() : t.numbers.size();
    if (!n.outputs[i].empty() && there != static_cast<std::size_t>(t.count()))
      throw refusal(fmt::format("its output {}, '{}', is not computed", i, n.outputs[i]));
  }
}

}  // namespace

std::vector<tensor> evaluate(const node& n, const std::vector<const tensor*>& inputs) {
  const operator_entry* entry = find_operator(n.domain, n.operation);
  if (entry == nullptr)
    throw refusal("the operator is not supported",
                  "`tapeless-gen inspect --operators` lists those that are");
  if (n.opset == 0) throw refusal(fmt::format("the model says no opset of domain '{}'", n.domain));
  try {
    for (const tensor* t : inputs)
      if (t != nullptr && t->type == element::text && !takes_texts(n))
        throw refusal("an input is text", "encode texts as numbers before the model");
    // What reads much to make little is no element that is made.
    for (const tensor* t : inputs)
      if (t != nullptr) charge_steps(static_cast<double>(t->numbers.size()));
    evaluation e(n, inputs);
    entry->evaluate(e);
    expect_complete(n, e.outputs);
    return std::move(e.outputs);
  } catch (const std::length_error& e) {
    throw refusal(e.what());
  } catch (const std::out_of_range&) {
    throw refusal("an input has too few elements, or an output is missing");
  }
}

tensors evaluate(const model& m, const tensors& inputs) {
  const work_limit limit(most_work);
  tensors values = inputs;
  values.insert(m.initializers.begin(), m.initializers.end());
  for (const node& n : m.nodes) {
    std::vector<const tensor*> in;
    for (const std::string& name : n.inputs)
      in.push_back(name.empty() ? nullptr : &values.at(name));
    try {
      std::vector<tensor> out = evaluate(n, in);
      for (std::size_t i = 0; i < out.size(); ++i)
        if (!n.outputs[i].empty()) values[n.outputs[i]] = std::move(out[i]);
    } catch (const refusal& r) {
      throw model_refused({{n.label(), n.full_operation(), r.what(), r.instead}});
    }
  }
  tensors outputs;
  for (const declared_value& v : m.outputs) outputs[v.name] = values.at(v.name);
  return outputs;
}

dimensions bound_dims(const declared_value& input, const bindings& known, std::int64_t batch) {
  if (const auto at = known.shapes.find(input.name); at != known.shapes.end()) return at->second;
  if (!input.has_shape)
    throw refusal(fmt::format("input '{}' has no shape", input.name),
                  fmt::format("give one: --shape {}=1,8", input.name));
  dimensions dims;
  for (std::size_t i = 0; i < input.dims.size(); ++i) {
    const dimension& d = input.dims[i];
    const auto symbol = known.symbols.find(d.symbol);
    if (d.known())
      dims.push_back(d.extent);
    else if (!d.symbol.empty() && symbol != known.symbols.end())
      dims.push_back(symbol->second);
    else if (i == 0)
      dims.push_back(batch);
    else if (!d.symbol.empty())
      throw refusal(
          fmt::format("extent {} of input '{}' is the symbol '{}'", i, input.name, d.symbol),
          fmt::format("say its size: --dim {}=16", d.symbol));
    else
      throw refusal(fmt::format("extent {} of input '{}' is not known", i, input.name),
                    fmt::format("give the whole shape: --shape {}=1,16", input.name));
  }
  return dims;
}

tensors random_inputs(const model& m, const bindings& known, std::int64_t batch,
                      std::uint64_t seed) {
  std::mt19937_64 bits(seed);
  // Not std::normal_distribution: its numbers differ from library to library.
  const auto uniform = [&] { return static_cast<double>(bits() >> 40) * 0x1p-24; };
  tensors all;
  for (const declared_value& v : m.inputs) {
    tensor t = zeros(v.type, bound_dims(v, known, batch));
    for (double& x : t.numbers) {
      const double u = uniform(), w = uniform(), s = uniform();
      x = is_float(v.type) ? rounded_to(v.type, 2 * (u + w + s) - 3) : u < 0.5 ? 0 : 1;
    }
    all[v.name] = std::move(t);
  }
  return all;
}

}  // namespace tapeless::gen
