// Gemm.

#include <fmt/format.h>

#include "operators/dense.hpp"
#include "operators/elementwise.hpp"
#include "operators/matrices.hpp"

namespace tapeless::gen {

namespace {

tensor scaled(tensor t, double factor) {
  for (double& x : t.numbers) x *= factor;
  return t;
}

void evaluate_gemm(evaluation& e) {
  const tensor a = e.integer("transA", 0) != 0 ? transposed(e.in(0)) : e.in(0);
  const tensor b = e.integer("transB", 0) != 0 ? transposed(e.in(1)) : e.in(1);
  if (a.rank() != 2 || b.rank() != 2) throw refusal("the operands are no matrices");
  tensor y = scaled(product(a, b), e.number("alpha", 1));
  if (e.has(2)) {
    const tensor c = expanded(e.in(2), y.dims);
    const double beta = e.number("beta", 1);
    for (std::size_t i = 0; i < y.numbers.size(); ++i) y.numbers[i] += beta * c.numbers[i];
  }
  e.out(0, std::move(y));
}

/// The bias as a vector of the outputs, or none if the input is no such vector.
bool is_bias(const tensor* c, std::int64_t outputs) {
  return c == nullptr || (c->count() == outputs && (c->rank() < 2 || c->dims[0] == 1));
}

bool lower_as_dense(lowering& l) {
  const tensor* b = l.constant(1);
  const tensor* c = l.constant(2);
  const term x = l.in(0);
  if (b == nullptr || (l.has(2) && c == nullptr) || !x.sample || l.integer("transA", 0) != 0)
    return false;
  const double alpha = l.number("alpha", 1), beta = l.number("beta", 1);
  const tensor weights = scaled(l.integer("transB", 0) != 0 ? *b : transposed(*b), alpha);
  if (!is_bias(c, weights.dims[0])) return false;
  const tensor bias = c != nullptr ? scaled(*c, beta) : tensor{};
  const known_value& w = l.value(1);
  lower_dense(l, x, weights, c != nullptr ? &bias : nullptr,
              w.origin.empty() ? l.at().inputs[1] : w.origin);
  return true;
}

operand transpose_if(lowering& l, const term& t, bool wanted) {
  if (!wanted) return {t.statement};
  return {l.to.call("tl::math::transpose", {{t.statement}}, {t.dims[1], t.dims[0]})};
}

void lower_gemm(lowering& l) {
  expect_floats(l);
  if (lower_as_dense(l)) return;
  const dimensions dims = l.out_dims();
  const operand a = transpose_if(l, l.full(0), l.integer("transA", 0) != 0);
  const operand b = transpose_if(l, l.full(1), l.integer("transB", 0) != 0);
  int y = l.to.call("tl::math::matmul", {a, b}, dims);
  if (const double alpha = l.number("alpha", 1); alpha != 1)
    y = l.to.infix("*", {-1, alpha}, {y}, dims);
  if (l.has(2)) {
    operand c{l.full(2).statement};
    if (const double beta = l.number("beta", 1); beta != 1)
      c = {l.to.infix("*", {-1, beta}, c, l.dims(2))};
    y = l.to.infix("+", {y}, c, dims);
  }
  l.out(0, l.per_sample_like(0, {y, dims, false}));
}

const registered entries{{"", "Gemm", evaluate_gemm, lower_gemm}};

}  // namespace
}  // namespace tapeless::gen
