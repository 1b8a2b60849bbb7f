#include "declare/lowering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace tapeless::gen {

dimensions without_first(const dimensions& dims) {
  return dims.empty() ? dims : dimensions(dims.begin() + 1, dims.end());
}

dimensions broadcast(const dimensions& a, const dimensions& b) {
  dimensions r(std::max(a.size(), b.size()), 1);
  for (std::size_t i = 0; i < r.size(); ++i) {
    const std::int64_t x = i < a.size() ? a[a.size() - 1 - i] : 1;
    const std::int64_t y = i < b.size() ? b[b.size() - 1 - i] : 1;
    if (x != y && x != 1 && y != 1)
      throw refusal(fmt::format("shapes {} and {} do not broadcast", text_of(a), text_of(b)));
    r[r.size() - 1 - i] = x == 1 ? y : x;
  }
  return r;
}

const known_value& lowering::value(std::size_t i) const {
  if (!has(i)) throw refusal(fmt::format("input {} is missing", i));
  return values_.at(at().inputs[i]);
}

const tensor* lowering::constant(std::size_t i) const {
  if (!has(i)) return nullptr;
  const known_value& v = value(i);
  return v.constant ? &v.sample : nullptr;
}

const tensor& lowering::constant(std::size_t i, const char* what) const {
  const tensor* t = constant(i);
  if (t == nullptr)
    throw refusal(fmt::format("{} (input '{}') is computed at run time", what, at().inputs.at(i)),
                  fmt::format("bind it, if it is constant in practice: --constant {}=...",
                              at().inputs.at(i)));
  return *t;
}

const dimensions& lowering::out_dims(std::size_t i) const {
  return values_.at(at().outputs.at(i)).sample.dims;
}

term lowering::in(std::size_t i) {
  known_value& v = values_.at(at().inputs.at(i));
  if (v.declared) return *v.declared;
  if (!v.constant) throw refusal("an input is not known");  // its own node was refused
  if (v.sample.rank() > static_cast<int>(most_axes))
    throw refusal(fmt::format("input '{}' has {} axes, of {} at most", at().inputs[i],
                              v.sample.rank(), most_axes));
  if (v.sample.count() == 0) throw refusal(fmt::format("input '{}' is empty", at().inputs[i]));
  if (v.sample.type == element::text)
    throw refusal(fmt::format("input '{}' is text", at().inputs[i]));
  const std::vector<double>& numbers = v.sample.numbers;
  if (!v.learnt &&
      std::all_of(numbers.begin(), numbers.end(), [&](double x) { return x == numbers[0]; })) {
    v.declared = term{to.constant(numbers[0], v.sample.dims), v.sample.dims, false};
    return *v.declared;
  }
  weight w{parameter_path(v.origin.empty() ? at().inputs[i] : v.origin), v.sample.dims,
           v.sample.numbers, v.learnt};
  v.declared = term{to.parameter(std::move(w)), v.sample.dims, false};
  return *v.declared;
}

dimensions lowering::inner(const term& t) const {
  return t.sample ? without_first(t.dims) : t.dims;
}

term lowering::full(term t) {
  if (!t.sample) return t;
  if (t.dims.size() > most_axes)
    throw refusal(fmt::format("{} axes, of {} at most", t.dims.size(), most_axes));
  return {to.reshape(t.statement, t.dims), t.dims, false};
}

term lowering::per_sample(term t) {
  if (t.sample || t.dims.empty() || t.dims[0] != 1) return t;
  return {to.reshape(t.statement, without_first(t.dims)), t.dims, true};
}

void lowering::out(std::size_t i, term t) {
  const std::string& name = at().outputs.at(i);
  if (name.empty()) return;
  if (inner(t).size() > most_axes)
    throw refusal(fmt::format("the result has {} axes, of {} at most", inner(t).size(), most_axes));
  known_value& v = values_.at(name);
  v.declared = std::move(t);
  statement& s = to[v.declared->statement];
  if (s.hint.empty() && s.what != statement::kind::input) s.hint = name;
}

std::string lowering::parameter_path(const std::string& name) {
  std::string path;
  for (const char c : name)
    path += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' ? c : '_';
  if (path.empty()) path = "value";
  if (path.size() > 80) path = path.substr(path.size() - 80);
  return to.free_path(path);
}

}  // namespace tapeless::gen
