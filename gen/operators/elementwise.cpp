#include "operators/elementwise.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/names.hpp"
#include "model/work_limit.hpp"

namespace tapeless::gen {

namespace {

/// Steps through x, in elements, along the axes of a shape that x broadcasts to.
std::vector<std::int64_t> broadcast_strides(const tensor& x, const dimensions& dims) {
  const std::vector<std::int64_t> own = strides_of(x.dims);
  std::vector<std::int64_t> strides(dims.size(), 0);
  const std::size_t missing = dims.size() - x.dims.size();
  for (std::size_t i = 0; i < x.dims.size(); ++i)
    if (x.dims[i] != 1) strides[missing + i] = own[i];
  return strides;
}

/// Positions in several tensors while a shape is walked in row-major order.
template <class F>
void walk(const dimensions& dims, const std::vector<std::vector<std::int64_t>>& strides, F f) {
  const std::int64_t count = count_of(dims);
  dimensions index(dims.size(), 0);
  std::vector<std::int64_t> at(strides.size(), 0);
  for (std::int64_t i = 0; i < count; ++i) {
    f(static_cast<std::size_t>(i), at);
    for (std::size_t axis = dims.size(); axis-- > 0;) {
      ++index[axis];
      for (std::size_t k = 0; k < at.size(); ++k) at[k] += strides[k][axis];
      if (index[axis] < dims[axis]) break;
      for (std::size_t k = 0; k < at.size(); ++k) at[k] -= dims[axis] * strides[k][axis];
      index[axis] = 0;
    }
  }
}

bool is_uniform(const tensor& t) {
  charge_steps(static_cast<double>(t.numbers.size()));
  return !t.numbers.empty() && std::all_of(t.numbers.begin(), t.numbers.end(), [&](double x) {
    return x == t.numbers[0] || (x != x && t.numbers[0] != t.numbers[0]);
  });
}

}  // namespace

void map(evaluation& e, const std::function<double(double)>& f) {
  const tensor& x = e.in(0);
  tensor& y = e.out(0, x.type, x.dims);
  for (std::size_t i = 0; i < x.numbers.size(); ++i) y.numbers[i] = f(x.numbers[i]);
}

void map2(evaluation& e, const std::function<double(double, double)>& f, element type) {
  const tensor &a = e.in(0), &b = e.in(1);
  const dimensions dims = broadcast(a.dims, b.dims);
  tensor& y = e.out(0, type == element::undefined ? a.type : type, dims);
  walk(dims, {broadcast_strides(a, dims), broadcast_strides(b, dims)},
       [&](std::size_t i, const std::vector<std::int64_t>& at) {
         y.numbers[i] = f(a.numbers[static_cast<std::size_t>(at[0])],
                          b.numbers[static_cast<std::size_t>(at[1])]);
       });
}

tensor expanded(const tensor& x, const dimensions& dims) {
  if (broadcast(x.dims, dims) != dims)
    throw refusal(fmt::format("shape {} does not expand to {}", text_of(x.dims), text_of(dims)));
  tensor y = zeros(x.type, dims);
  walk(dims, {broadcast_strides(x, dims)}, [&](std::size_t i, const std::vector<std::int64_t>& at) {
    if (x.type == element::text)
      y.texts[i] = x.texts[static_cast<std::size_t>(at[0])];
    else
      y.numbers[i] = x.numbers[static_cast<std::size_t>(at[0])];
  });
  return y;
}

void lower_unary(lowering& l, const std::string& function, const std::string& layer) {
  const term x = l.in(0);
  const dimensions dims = l.inner(x);
  l.out(0, l.to.call(function, {{x.statement}}, dims, {}, layer), x.sample);
}

aligned align(lowering& l, const std::vector<std::size_t>& which) {
  aligned a;
  const auto is_number = [&](std::size_t i) {
    const tensor* t = l.constant(i);
    const known_value& v = l.value(i);
    if (t == nullptr || !is_uniform(*t)) return false;
    // One number with a name that a person gave is a parameter: a learnt scale, for example.
    return !v.learnt || (t->count() == 1 && !is_meaningful(v.origin));
  };
  dimensions rest;
  for (const std::size_t i : which) {
    a.dims = broadcast(a.dims, l.dims(i));
    if (!is_number(i)) rest = broadcast(rest, l.dims(i));
  }
  const bool numbers = rest == a.dims;
  const std::size_t rank = a.dims.size();
  bool any_sample = false, all_fit = rank > 0 && a.dims[0] == 1;
  for (const std::size_t i : which) {
    if (l.constant(i) != nullptr) continue;
    const term t = l.in(i);
    any_sample = any_sample || t.sample;
    all_fit = all_fit && (!t.sample || t.dims.size() == rank);
  }
  a.sample = any_sample && all_fit;
  for (const std::size_t i : which) {
    if (numbers && is_number(i)) {
      a.operands.push_back({-1, l.constant(i)->numbers[0]});
      continue;
    }
    term t = l.in(i);
    if (!a.sample)
      t = l.full(t);
    else if (t.dims.size() == rank)
      t = l.per_sample(t);
    a.operands.push_back({t.statement});
  }
  return a;
}

void finish(lowering& l, const aligned& a, int statement) {
  l.out(0, term{statement, a.dims, a.sample});
}

namespace {

dimensions inner(const aligned& a) { return a.sample ? without_first(a.dims) : a.dims; }

}  // namespace

void lower_infix(lowering& l, const std::string& sign) {
  const aligned a = align(l, {0, 1});
  finish(l, a, l.to.infix(sign, a.operands[0], a.operands[1], inner(a)));
}

void lower_binary(lowering& l, const std::string& function) {
  const aligned a = align(l, {0, 1});
  finish(l, a, l.to.call(function, a.operands, inner(a)));
}

void expect_floats(const lowering& l, std::size_t i) {
  const element type = l.value(i).sample.type;
  if (is_integer(type))
    throw refusal(fmt::format("input '{}' is computed at run time as {}, and Tapeless computes "
                              "floating-point numbers",
                              l.at().inputs.at(i), name_of(type)),
                  "cast to float before this node");
}

}  // namespace tapeless::gen
