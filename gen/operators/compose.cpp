#include "operators/compose.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <numeric>

namespace tapeless::gen {

int apply(declaration& d, const std::string& function, int x) {
  return d.call(function, {{x}}, d[x].dims);
}

int negated(declaration& d, int x) {
  statement s;
  s.what = statement::kind::prefix;
  s.function = "-";
  s.operands = {{x}};
  s.dims = d[x].dims;
  return d.add(std::move(s));
}

namespace {

dimensions common_dims(const declaration& d, const std::vector<operand>& operands) {
  dimensions dims;
  for (const operand& o : operands)
    if (!o.is_number()) dims = broadcast(dims, d[o.statement].dims);
  return dims;
}

}  // namespace

int combine(declaration& d, const std::string& sign, const operand& a, const operand& b) {
  return d.infix(sign, a, b, common_dims(d, {a, b}));
}

int combine_by(declaration& d, const std::string& function, const std::vector<operand>& operands) {
  return d.call(function, operands, common_dims(d, operands));
}

int reduce(declaration& d, const std::string& function, int x, int axis) {
  dimensions dims = d[x].dims;
  dims.at(static_cast<std::size_t>(axis)) = 1;
  return d.call("tl::math::" + function, {{x}}, std::move(dims), {std::to_string(axis), "true"});
}

int slice(declaration& d, int x, int axis, std::int64_t begin, std::int64_t size) {
  dimensions dims = d[x].dims;
  std::int64_t& extent = dims.at(static_cast<std::size_t>(axis));
  if (begin == 0 && size == extent) return x;
  if (begin < 0 || size < 1 || begin > extent - size)
    throw refusal(fmt::format("elements {} to {} of an axis of {}", begin, begin + size, extent));
  extent = size;
  return d.call("tl::math::slice", {{x}}, std::move(dims),
                {std::to_string(axis), std::to_string(begin), std::to_string(size)});
}

int concat(declaration& d, std::vector<int> parts, int axis) {
  const auto at = static_cast<std::size_t>(axis);
  while (parts.size() > 1) {
    std::vector<int> joined;
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
      dimensions dims = d[parts[i]].dims;
      dims.at(at) += d[parts[i + 1]].dims.at(at);
      joined.push_back(d.call("tl::math::concat", {{parts[i]}, {parts[i + 1]}}, std::move(dims),
                              {std::to_string(axis)}));
    }
    if (parts.size() % 2 == 1) joined.push_back(parts.back());
    parts = std::move(joined);
  }
  return parts.at(0);
}

int permute(declaration& d, int x, const std::vector<int>& order) {
  std::vector<int> same(order.size());
  std::iota(same.begin(), same.end(), 0);
  if (order == same) return x;
  dimensions dims;
  for (const int axis : order) dims.push_back(d[x].dims.at(static_cast<std::size_t>(axis)));
  return d.call("tl::math::permute", {{x}}, std::move(dims),
                {fmt::format("tl::shape{{{}}}", fmt::join(order, ", "))});
}

int contract(declaration& d, const std::string& text, int a, int b, dimensions dims) {
  statement s;
  s.function = "tl::einsum";
  s.first = '"' + text + '"';
  s.operands = {{a}, {b}};
  s.dims = std::move(dims);
  return d.add(std::move(s));
}

int positions(declaration& d, std::int64_t count, int axis, std::size_t rank) {
  statement s;
  s.function = "tl::math::iota";
  s.takes_graph = true;
  s.dims = dimensions(rank, 1);
  s.dims.at(static_cast<std::size_t>(axis)) = count;
  s.arguments = {shape_text(s.dims), std::to_string(axis)};
  return d.add(std::move(s));
}

term combine(lowering& l, const std::string& sign, const term& a, const term& b) {
  const dimensions dims = broadcast(a.dims, b.dims);
  const auto fits = [&](const term& t) { return !t.sample || t.dims.size() == dims.size(); };
  const bool sample = (a.sample || b.sample) && fits(a) && fits(b) && !dims.empty() && dims[0] == 1;
  const auto formed = [&](const term& t) {
    if (!sample) return l.full(t).statement;
    return t.dims.size() == dims.size() ? l.per_sample(t).statement : t.statement;
  };
  const operand left{formed(a)}, right{formed(b)};
  return {l.to.infix(sign, left, right, sample ? without_first(dims) : dims), dims, sample};
}

}  // namespace tapeless::gen
