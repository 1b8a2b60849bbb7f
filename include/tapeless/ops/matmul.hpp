#pragma once
// Matrix products and their relatives, written as sums of products by labels.

#include <tapeless/ops/einsum.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

namespace math {

/// Matrix product of the last two axes as numpy.matmul has it: a vector counts as a row (left) or a
/// column (right); leading axes broadcast.
constexpr value matmul(value a, value b) {
  graph& g = a.recorded() ? *a.owner : *b.owner;
  a = tapeless::detail::recorded_in(g, a);
  b = tapeless::detail::recorded_in(g, b);
  const int ra = a.dims().rank, rb = b.dims().rank;
  if (ra == 0 || rb == 0) {
    g.fail(problem::shared_axis_differs, path{"matmul"}, b.dims(), a.dims());
    return a;
  }
  if (!g.failed() && a.dims()[ra - 1] != b.dims()[rb > 1 ? rb - 2 : 0]) {
    g.fail(problem::shared_axis_differs, path{"matmul"}, b.dims(), a.dims());
    return a;
  }
  return einsum(a, ra > 1 ? "...mk" : "k", b, rb > 1 ? "...kn" : "k",
                ra > 1   ? (rb > 1 ? "...mn" : "...m")
                : rb > 1 ? "...n"
                         : "");
}

/// y[i][j] = a[i] b[j].
constexpr value outer(value a, value b) { return einsum(a, "m", b, "n", "mn"); }

/// Sum of products of two vectors of equal length.
constexpr value dot(value a, value b) {
  if (!a.owner->failed() && a.dims() != b.dims()) {
    a.owner->fail(problem::shared_axis_differs, path{"dot"}, b.dims(), a.dims());
    return a;
  }
  return einsum(a, "k", b, "k", "");
}

/// w - factor * y for a number that is the same for all samples. An outer product of one sample
/// takes it up in the smaller operand, and is then added to w by one multiply-add per element.
constexpr value subtract_scaled(value w, value factor, value y) {
  if (!y.recorded()) return w - factor * y;
  graph& g = *y.owner;
  const node n = g[y.id];
  const bool outer = is<contract>(n.op) && g.batch == 1 && !factor.batched() &&
                     factor.dims().rank == 0 &&
                     g[n.in[0]].dims.rank + g[n.in[1]].dims.rank == n.dims.rank;
  if (!outer) return w - factor * y;
  value operand[] = {{g, n.in[0]}, {g, n.in[1]}};
  const int smaller = operand[0].dims().count() < operand[1].dims().count() ? 0 : 1;
  operand[smaller] = -factor * operand[smaller];
  return w + apply_with<contract>(attributes_of<contract>(n), operand[0], operand[1]);
}

}  // namespace math
}  // namespace tapeless
