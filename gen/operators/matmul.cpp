// MatMul.

#include "operators/dense.hpp"
#include "operators/elementwise.hpp"
#include "operators/matrices.hpp"

namespace tapeless::gen {

namespace {

bool lower_as_dense(lowering& l) {
  const tensor* b = l.constant(1);
  if (b == nullptr || b->rank() != 2) return false;
  const term x = l.in(0);
  if (l.inner(x).size() != 1) return false;
  const known_value& w = l.value(1);
  lower_dense(l, x, transposed(*b), nullptr, w.origin.empty() ? l.at().inputs[1] : w.origin);
  return true;
}

void lower_matmul(lowering& l) {
  expect_floats(l);
  if (lower_as_dense(l)) return;
  const term a = l.in(0), b = l.in(1);
  const std::size_t rank = l.out_dims().size();
  // The axis of the batch may stay away if it is a leading axis of both operands, or of one where
  // the other is a matrix.
  const bool fits = (a.sample || b.sample) && a.dims.size() >= 2 && b.dims.size() >= 2;
  const auto keeps = [&](const term& t) {
    return t.sample ? t.dims.size() == rank && rank >= 3 : t.dims.size() == 2;
  };
  if (fits && keeps(a) && keeps(b)) {
    const int y =
        l.to.call("tl::math::matmul", {{a.statement}, {b.statement}}, without_first(l.out_dims()));
    return l.out(0, y, true);
  }
  const int y =
      l.to.call("tl::math::matmul", {{l.full(a).statement}, {l.full(b).statement}}, l.out_dims());
  l.out(0, l.per_sample_like(0, {y, l.out_dims(), false}));
}

const registered entries{
    {"", "MatMul", [](evaluation& e) { e.out(0, product(e.in(0), e.in(1))); }, lower_matmul}};

}  // namespace
}  // namespace tapeless::gen
