#pragma once
// Sum of products over shared axes: every form of matrix product, and of its gradient.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/sub.hpp>

namespace tapeless {

/// Names of the axes of one operand of a contraction, as in Einstein's notation: "mk", "kn".
struct axes {
  char label[max_rank + 1] = {};
  int rank = 0;

  constexpr axes() = default;
  constexpr explicit(false) axes(const char* s) {
    while (s[rank] != 0) {
      label[rank] = s[rank];
      ++rank;
    }
  }
  /// Letters a to o in four bits each.
  constexpr int pack() const {
    int bits = 0;
    for (int i = 0; i < rank; ++i) bits |= (label[i] - 'a' + 1) << 4 * i;
    return bits;
  }
  static constexpr axes unpack(int bits) {
    axes a;
    for (; bits != 0; bits >>= 4) a.label[a.rank++] = static_cast<char>('a' + (bits & 15) - 1);
    return a;
  }
  constexpr int find(char c) const {
    for (int i = 0; i < rank; ++i)
      if (label[i] == c) return i;
    return -1;
  }
};

/// y[out] = sum of a[left] b[right] over the labels that `out` lacks, and over the batch if asked.
///
/// Attributes: index 0 to 2 are the packed labels of a, b and y; index 3 says to sum the batch.
/// The gradient of a contraction with respect to one operand is a contraction of dy with the other.
struct contract {
  static constexpr const char* name = "contract";
  static constexpr family kind = family::contraction;
  static constexpr int arity = 2;
  static constexpr double flops = 2;
  static constexpr int max_labels = 5;

  static constexpr result_type infer(graph& g, const int* in, attributes& attr) {
    const axes left = axes::unpack(attr.index[0]);
    const axes right = axes::unpack(attr.index[1]);
    const axes out = axes::unpack(attr.index[2]);
    const shape a = g[in[0]].dims, b = g[in[1]].dims;
    if (a.rank != left.rank || b.rank != right.rank) {
      g.fail(problem::shared_axis_differs, path{name}, b, a);
      return {};
    }
    for (int i = 0; i < left.rank; ++i)
      if (const int j = right.find(left.label[i]); j >= 0 && a[i] != b[j])
        g.fail(problem::shared_axis_differs, path{name}, b, a);
    int labels = left.rank;
    for (int i = 0; i < right.rank; ++i) labels += left.find(right.label[i]) < 0;
    if (labels > max_labels) {  // with the batch, as many loops as a kernel has
      g.fail(problem::axis_out_of_range, path{name}, shape{labels}, shape{max_labels});
      return {};
    }
    result_type r;
    r.dims.rank = out.rank;
    for (int i = 0; i < out.rank; ++i) {
      const int l = left.find(out.label[i]);
      r.dims.extent[i] = l >= 0 ? a[l] : b[right.find(out.label[i])];
    }
    r.batched = (g[in[0]].batched || g[in[1]].batched) && attr.index[3] == 0;
    return r;
  }

  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const value a{g, n.in[0]}, b{g, n.in[1]};
    attributes attr;
    attr.index[0] = n.attr.index[2];
    attr.index[1] = n.attr.index[1];
    attr.index[2] = n.attr.index[0];
    attr.index[3] = !a.batched() && (dy.batched() || b.batched());
    dx[0] = apply_with<contract>(attr, dy, b);
    attr.index[1] = n.attr.index[0];
    attr.index[2] = n.attr.index[1];
    attr.index[3] = !b.batched() && (dy.batched() || a.batched());
    dx[1] = apply_with<contract>(attr, dy, a);
  }
};

/// Contraction by labels: `einsum(w, "mk", x, "k", "m")` is W x.
constexpr value einsum(value a, axes left, value b, axes right, axes out, bool sum_batch = false) {
  attributes attr;
  attr.index[0] = left.pack();
  attr.index[1] = right.pack();
  attr.index[2] = out.pack();
  attr.index[3] = sum_batch;
  return apply_with<contract>(attr, a, b);
}

namespace math {

/// Matrix product of the last two axes as numpy.matmul has it, for operands of rank 1 to 4: a
/// vector counts as a row (left) or a column (right); leading axes of equal rank go in parallel,
/// a matrix on one side serves all of them.
constexpr value matmul(value a, value b) {
  const int ra = a.dims().rank, rb = b.dims().rank;
  if (ra == 1 && rb == 1) return einsum(a, "k", b, "k", "");
  const char* const left[] = {"", "k", "mk", "amk", "bamk"};
  const char* const right[] = {"", "k", "kn", "akn", "bakn"};
  if (ra == 0 || rb == 0) {
    a.owner->fail(problem::shared_axis_differs, path{"matmul"}, b.dims(), a.dims());
    return a;
  }
  axes out;
  const int lead = (ra > rb ? ra : rb) - 2;
  if (lead == 2) out.label[out.rank++] = 'b';
  if (lead >= 1) out.label[out.rank++] = 'a';
  if (ra > 1) out.label[out.rank++] = 'm';
  if (rb > 1) out.label[out.rank++] = 'n';
  return einsum(a, left[ra], b, right[rb], out);
}

/// y[i][j] = a[i] b[j].
constexpr value outer(value a, value b) { return einsum(a, "m", b, "n", "mn"); }

/// w - factor * y for a number that is the same for all samples. An outer product of one sample
/// takes it up in the smaller operand, and is then added to w by one multiply-add per element.
constexpr value subtract_scaled(value w, value factor, value y) {
  graph& g = *y.owner;
  const node n = g[y.id];
  const bool outer = is<contract>(n.op) && g.batch == 1 && !factor.batched() &&
                     factor.dims().rank == 0 &&
                     g[n.in[0]].dims.rank + g[n.in[1]].dims.rank == n.dims.rank;
  if (!outer) return w - factor * y;
  value operand[] = {{g, n.in[0]}, {g, n.in[1]}};
  const int smaller = operand[0].dims().count() < operand[1].dims().count() ? 0 : 1;
  operand[smaller] = -factor * operand[smaller];
  return w + apply_with<contract>(n.attr, operand[0], operand[1]);
}

/// Sum of products of two vectors.
constexpr value dot(value a, value b) { return einsum(a, "k", b, "k", ""); }

}  // namespace math
}  // namespace tapeless
