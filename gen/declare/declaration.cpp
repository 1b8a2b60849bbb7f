#include "declare/declaration.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace tapeless::gen {

int declaration::add(statement s) {
  if (statements.size() >= most_statements)
    throw std::length_error(
        fmt::format("the network has more than {} statements", most_statements));
  statements.push_back(std::move(s));
  return static_cast<int>(statements.size()) - 1;
}

int declaration::call(std::string function, std::vector<operand> operands, dimensions dims,
                      std::vector<std::string> arguments, std::string layer) {
  statement s;
  s.function = std::move(function);
  s.operands = std::move(operands);
  s.dims = std::move(dims);
  s.arguments = std::move(arguments);
  s.layer = std::move(layer);
  return add(std::move(s));
}

int declaration::infix(std::string sign, operand a, operand b, dimensions dims) {
  statement s;
  s.what = statement::kind::infix;
  s.function = std::move(sign);
  s.operands = {a, b};
  s.dims = std::move(dims);
  return add(std::move(s));
}

int declaration::reshape(int x, dimensions dims) {
  if ((*this)[x].dims == dims) return x;
  if ((*this)[x].function == "tl::math::reshape")
    return reshape((*this)[x].operands[0].statement, dims);
  const std::string text = shape_text(dims);
  const std::string layer =
      dims.size() == 1 ? "tl::flatten" : fmt::format("tl::reshape_to<{}>", fmt::join(dims, ", "));
  return call("tl::math::reshape", {{x}}, std::move(dims), {text}, layer);
}

int declaration::constant(double number, dimensions dims) {
  statement s;
  s.function = "g.constant";
  s.first = number_text(number);
  if (!dims.empty()) s.arguments = {shape_text(dims)};
  s.dims = std::move(dims);
  return add(std::move(s));
}

int declaration::add_weight(weight w) {
  paths_.insert(w.path);
  weights.push_back(std::move(w));
  return static_cast<int>(weights.size()) - 1;
}

std::string declaration::free_path(const std::string& path) const {
  if (paths_.count(path) == 0) return path;
  int& k = next_[path];
  for (k = std::max(k, 2);; ++k)
    if (std::string free = fmt::format("{}_{}", path, k); paths_.count(free) == 0) return free;
}

int declaration::parameter(weight w) {
  statement s;
  s.what = statement::kind::parameter;
  s.name = w.path;
  s.dims = w.dims;
  const bool trained = w.trained;
  s.weight = add_weight(std::move(w));
  const int id = add(std::move(s));
  return trained ? id : call("tl::math::detach", {{id}}, (*this)[id].dims);
}

std::vector<int> declaration::uses() const {
  std::vector<int> uses(statements.size());
  for (const statement& s : statements)
    for (const operand& o : s.operands)
      if (!o.is_number()) ++uses[static_cast<std::size_t>(o.statement)];
  if (output >= 0) ++uses[static_cast<std::size_t>(output)];
  return uses;
}

void declaration::prune() {
  std::vector<bool> needed(statements.size());
  if (output >= 0) needed[static_cast<std::size_t>(output)] = true;
  for (std::size_t i = statements.size(); i-- > 0;) {
    if (statements[i].what == statement::kind::input) needed[i] = true;
    if (!needed[i]) continue;
    for (const operand& o : statements[i].operands)
      if (!o.is_number()) needed[static_cast<std::size_t>(o.statement)] = true;
  }
  std::vector<int> place(statements.size(), -1);
  std::vector<statement> kept;
  std::vector<weight> kept_weights;
  const auto keep_weight = [&](int& index) {
    if (index < 0) return;
    kept_weights.push_back(std::move(weights[static_cast<std::size_t>(index)]));
    index = static_cast<int>(kept_weights.size()) - 1;
  };
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (!needed[i]) continue;
    place[i] = static_cast<int>(kept.size());
    statement s = std::move(statements[i]);
    for (operand& o : s.operands)
      if (!o.is_number()) o.statement = place[static_cast<std::size_t>(o.statement)];
    keep_weight(s.weight);
    keep_weight(s.bias);
    kept.push_back(std::move(s));
  }
  statements = std::move(kept);
  weights = std::move(kept_weights);
  const auto moved = [&](int& at) {
    if (at >= 0) at = place[static_cast<std::size_t>(at)];
  };
  moved(output);
  for (result& r : outputs) moved(r.statement);
  for (result& r : inputs) moved(r.statement);
}

std::string shape_text(const dimensions& dims) {
  return fmt::format("tl::shape{{{}}}", fmt::join(dims, ", "));
}

std::string number_text(double x) {
  if (std::isnan(x)) return "__builtin_nan(\"\")";
  if (std::isinf(x)) return x > 0 ? "__builtin_inf()" : "-__builtin_inf()";
  const auto as_float = static_cast<float>(x);
  std::string text =
      static_cast<double>(as_float) == x ? fmt::format("{}", as_float) : fmt::format("{}", x);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace tapeless::gen
