#include "declare/import_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "declare/lowering.hpp"
#include "declare/recognise.hpp"
#include "model/work_limit.hpp"
#include "operators/operator.hpp"
#include "operators/views.hpp"

namespace tapeless::gen {

namespace {

/// Walks over the nodes in order: evaluates each for a random sample, and declares those whose
/// value depends on the input.
class walk {
 public:
  walk(const model& m, const import_options& options) : m_{m}, options_{options} {
    for (const auto& [name, t] : m.initializers) {
      known_value v;
      v.sample = t;
      v.constant = true;
      v.learnt = is_float(t.type) && !t.literal;
      v.origin = name;
      values_[name] = std::move(v);
    }
    for (const auto& [name, t] : options.constants) {
      known_value v;
      v.sample = t;
      v.constant = true;
      v.origin = name;
      values_[name] = std::move(v);
    }
    for (const node& n : m.nodes)
      for (const std::string& name : n.inputs) ++uses_[name];
    for (const declared_value& v : m.outputs) ++uses_[v.name];
  }

  declaration run() {
    const work_limit limit(most_work);
    declare_inputs();
    if (reasons_.empty())
      for (const node& n : m_.nodes) take(n);
    if (reasons_.empty()) declare_outputs();
    if (!reasons_.empty()) throw model_refused(std::move(reasons_));
    recognise_activations(to_);
    to_.prune();
    return std::move(to_);
  }

 private:
  void refuse(const std::string& label, const std::string& operation, const refusal& r) {
    reasons_.push_back({label, operation, r.what(), r.instead});
  }

  /// Whether the first axis of the inputs is that of the samples.
  bool has_batch(const tensors& samples) const {
    return options_.batch && !samples.empty() &&
           std::all_of(samples.begin(), samples.end(), [](const auto& t) {
             return !t.second.dims.empty() && t.second.dims[0] == 1;
           });
  }

  void declare_inputs() {
    tensors samples;
    for (const declared_value& v : m_.inputs) {
      if (options_.constants.count(v.name) > 0) continue;
      try {
        model one;
        one.inputs = {v};
        if (v.type == element::text)
          throw refusal("the input is text", "encode texts as numbers before the model");
        tensors drawn = random_inputs(one, options_.known, 1, 17 + samples.size());
        if (drawn.begin()->second.count() == 0) throw refusal("the input is empty");
        samples.merge(drawn);
      } catch (const refusal& r) {
        refuse(fmt::format("input '{}'", v.name), "", r);
      } catch (const std::length_error& e) {
        refuse(fmt::format("input '{}'", v.name), "", refusal(e.what()));
      }
    }
    if (reasons_.empty() && samples.empty()) refuse("model", "", refusal("it has no input"));
    const bool batch = has_batch(samples);
    std::int64_t column = 0;
    for (const declared_value& v : m_.inputs) {
      const auto at = samples.find(v.name);
      if (at == samples.end()) continue;
      column = declare_input(at->first, std::move(at->second), batch, column);
    }
  }

  std::int64_t declare_input(const std::string& name, tensor sample, bool batch,
                             std::int64_t column) {
    known_value v;
    statement s;
    s.what = statement::kind::input;
    s.name = name;
    s.dims = batch ? without_first(sample.dims) : sample.dims;
    const std::int64_t count = sample.count();
    if (s.dims.size() > most_axes)
      refuse(fmt::format("input '{}'", name), "",
             refusal(fmt::format("{} axes, of {} at most", s.dims.size(), most_axes)));
    const int id = to_.add(std::move(s));
    v.declared = term{id, sample.dims, batch};
    v.sample = std::move(sample);
    to_.inputs.push_back({name, v.sample.dims, id, column, count});
    values_[name] = std::move(v);
    return column + count;
  }

  void take(const node& n) {
    std::vector<const tensor*> inputs;
    bool constant = true, learnt = false;
    std::string origin;
    for (const std::string& name : n.inputs) {
      const auto at = values_.find(name);
      if (name.empty()) {
        inputs.push_back(nullptr);
      } else if (at == values_.end()) {
        check_operator(n);  // what the node reads was refused: only the operator can be judged
        return;
      } else {
        inputs.push_back(&at->second.sample);
        constant = constant && at->second.constant;
        learnt = learnt || (at->second.constant && at->second.learnt);
        if (origin.empty() && at->second.constant && at->second.learnt) origin = at->second.origin;
      }
    }
    try {
      std::vector<tensor> out = evaluate(n, inputs);
      bool empty = true;
      for (std::size_t i = 0; i < out.size(); ++i) {
        if (n.outputs[i].empty()) continue;
        known_value v;
        // What has no element is the same for every input.
        v.constant = constant || depends_on_shape_alone(n) || out[i].count() == 0;
        empty = empty && out[i].count() == 0;
        v.learnt = v.constant && learnt && is_float(out[i].type);
        // Exporters merge equal initializers, and give the others' names to copies of the first.
        v.origin = !v.learnt ? "" : n.operation == "Identity" ? n.outputs[i] : origin;
        v.sample = std::move(out[i]);
        v.uses = uses_[n.outputs[i]];
        values_[n.outputs[i]] = std::move(v);
      }
      if (!constant && !empty && !depends_on_shape_alone(n)) lower(n);
    } catch (const refusal& r) {
      refuse(n.label(), n.full_operation(), r);
    } catch (const std::length_error& e) {
      refuse(n.label(), n.full_operation(), refusal(e.what()));
    }
  }

  static bool depends_on_shape_alone(const node& n) {
    return n.domain.empty() &&
           (n.operation == "Shape" || n.operation == "Size" || n.operation == "EyeLike");
  }

  void check_operator(const node& n) {
    if (find_operator(n.domain, n.operation) == nullptr)
      refuse(n.label(), n.full_operation(), refusal("the operator is not supported"));
  }

  void lower(const node& n) {
    const bool complete = std::all_of(n.inputs.begin(), n.inputs.end(), [&](const std::string& s) {
      return s.empty() || values_.at(s).constant || values_.at(s).declared;
    });
    if (!complete) return check_operator(n);
    const operator_entry* entry = find_operator(n.domain, n.operation);
    if (entry->lower == nullptr) throw refusal("the operator is supported for constants only");
    lowering l(n, values_, to_);
    entry->lower(l);
  }

  void declare_outputs() {
    std::vector<int> flat;
    std::int64_t column = 0;
    for (const declared_value& v : m_.outputs) {
      try {
        term t = declared_output(v.name);
        const std::int64_t count = count_of(t.dims);
        to_.outputs.push_back({v.name, t.dims, t.statement, column, count});
        column += count;
        flat.push_back(t.statement);
      } catch (const refusal& r) {
        refuse(fmt::format("output '{}'", v.name), "", r);
      }
    }
    if (!reasons_.empty()) return;
    to_.output = flat.size() == 1 ? flat[0] : joined(flat);
  }

  term declared_output(const std::string& name) {
    const known_value& v = values_.at(name);
    if (v.sample.type == element::text)
      throw refusal("the output is text", "choose others: --outputs NAME,...");
    node end;
    end.inputs = {name};
    end.outputs = {name};
    lowering l(end, values_, to_);
    term t = l.in(0);
    if (!to_.inputs.empty() && to_[to_.inputs[0].statement].dims.size() < to_.inputs[0].dims.size())
      t = l.per_sample(t);
    return t;
  }

  /// All outputs as one row.
  int joined(const std::vector<int>& parts) {
    std::vector<int> flat;
    for (const int p : parts) flat.push_back(to_.reshape(p, {count_of(to_[p].dims)}));
    return join(to_, flat, 0);
  }

  const model& m_;
  const import_options& options_;
  known_values values_;
  std::map<std::string, int> uses_;
  declaration to_;
  std::vector<reason> reasons_;
};

/// Whether each row of the outputs at batch 3 is what the model computes for that sample alone.
/// Returns the name of an output for which that is not so.
std::string output_that_mixes_samples(const model& m, const import_options& options) {
  const work_limit limit(most_work);
  const std::int64_t batch = 3;
  tensors inputs = random_inputs(m, options.known, batch, 29);
  for (const auto& [name, t] : options.constants) inputs[name] = t;
  const tensors together = evaluate(m, inputs);
  for (std::int64_t row = 0; row < batch; ++row) {
    tensors one = inputs;
    for (auto& [name, t] : one) {
      if (options.constants.count(name) > 0) continue;
      t.dims[0] = 1;
      const std::int64_t width = t.count();
      const auto begin = t.numbers.begin() + static_cast<std::ptrdiff_t>(row * width);
      t.numbers = std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(width));
    }
    for (const auto& [name, alone] : evaluate(m, one)) {
      const tensor& all = together.at(name);
      const auto width = static_cast<std::size_t>(alone.count());
      if (all.dims == alone.dims && all.numbers == alone.numbers) continue;  // for every sample
      if (all.numbers.size() != width * batch) return name;
      for (std::size_t i = 0; i < width; ++i) {
        const double a = alone.numbers[i],
                     b = all.numbers[static_cast<std::size_t>(row) * width + i];
        if (std::fabs(a - b) > 1e-6 * (1 + std::fabs(a))) return name;
      }
    }
  }
  return {};
}

/// Whether the number of samples is open: the first axis of every input has no number.
bool batch_is_open(const model& m, const import_options& options) {
  return options.batch &&
         std::all_of(m.inputs.begin(), m.inputs.end(), [&](const declared_value& v) {
           if (options.constants.count(v.name) > 0) return true;
           return v.has_shape && !v.dims.empty() && !v.dims[0].known() &&
                  options.known.shapes.count(v.name) == 0 &&
                  options.known.symbols.count(v.dims[0].symbol) == 0;
         });
}

}  // namespace

declaration import_model(const model& m, const import_options& options) {
  declaration d = walk(m, options).run();
  if (!batch_is_open(m, options)) return d;
  std::string mixed;
  std::string why = "its rows depend on one another, or on their number";
  try {
    mixed = output_that_mixes_samples(m, options);
  } catch (const model_refused& r) {
    mixed = m.outputs.front().name;
    why = fmt::format("it cannot be computed for 3 samples: {}", r.reasons.front().what);
  }
  if (!mixed.empty())
    throw model_refused(
        {{fmt::format("output '{}'", mixed), "", why,
          "give the first axis a size, as --dim NAME=1 or --shape INPUT=1,8, if that is meant"}});
  return d;
}

}  // namespace tapeless::gen
