#include "operators/call.hpp"

#include <fmt/format.h>

#include <map>

#include "model/work_limit.hpp"
#include "operators/operator.hpp"

namespace tapeless::gen {

namespace {

using registry = std::map<std::pair<std::string_view, std::string_view>, operator_entry>;
registry& entries() {
  static registry all;
  return all;
}

}  // namespace

registered::registered(std::initializer_list<operator_entry> list) {
  for (const operator_entry& e : list) entries().insert({{e.domain, e.name}, e});
}

const operator_entry* find_operator(std::string_view domain, std::string_view name) {
  const auto at = entries().find({domain, name});
  return at != entries().end() ? &at->second : nullptr;
}

std::vector<const operator_entry*> all_operators() {
  std::vector<const operator_entry*> all;
  for (const auto& [key, entry] : entries()) all.push_back(&entry);
  return all;
}

const attribute* call::find(const std::string& name, attribute::kind what) const {
  const auto at = node_.attributes.find(name);
  if (at == node_.attributes.end()) return nullptr;
  if (at->second.what != what)
    throw refusal(fmt::format("attribute '{}' has an unexpected type", name));
  return &at->second;
}

std::int64_t call::integer(const std::string& name, std::int64_t otherwise) const {
  const attribute* a = find(name, attribute::kind::integer);
  return a != nullptr ? a->integer : otherwise;
}
double call::number(const std::string& name, double otherwise) const {
  const attribute* a = find(name, attribute::kind::number);
  return a != nullptr ? a->number : otherwise;
}
std::string call::text(const std::string& name, const std::string& otherwise) const {
  const attribute* a = find(name, attribute::kind::text);
  return a != nullptr ? a->text : otherwise;
}
std::optional<std::vector<std::int64_t>> call::integers(const std::string& name) const {
  const attribute* a = find(name, attribute::kind::integers);
  if (a == nullptr) return std::nullopt;
  return a->integers;
}
std::vector<double> call::numbers(const std::string& name) const {
  const attribute* a = find(name, attribute::kind::numbers);
  return a != nullptr ? a->numbers : std::vector<double>{};
}
const tensor* call::tensor_attribute(const std::string& name) const {
  const attribute* a = find(name, attribute::kind::tensor);
  return a != nullptr ? &a->value : nullptr;
}

evaluation::evaluation(const node& n, std::vector<const tensor*> inputs)
    : call{n}, outputs(n.outputs.size()), inputs_{std::move(inputs)} {}

const tensor& evaluation::in(std::size_t i) const {
  if (!has(i)) throw refusal(fmt::format("input {} is missing", i));
  return *inputs_[i];
}

tensor& evaluation::out(std::size_t i, element type, dimensions dims) {
  if (i >= outputs.size()) throw refusal(fmt::format("output {} is missing", i));
  // Only what copies texts makes some, and that hands the tensor over.
  if (type == element::text) throw refusal("its result is text");
  outputs[i] = zeros(type, std::move(dims));
  return outputs[i];
}

void evaluation::out(std::size_t i, tensor t) {
  charge_elements(static_cast<std::int64_t>(t.numbers.size() + 4 * t.texts.size()));
  outputs.at(i) = std::move(t);
}

std::optional<std::vector<std::int64_t>> integers_of(const call& c, const tensor* input,
                                                     const std::string& attribute) {
  if (input != nullptr) return input->integers();
  return c.integers(attribute);
}

}  // namespace tapeless::gen
