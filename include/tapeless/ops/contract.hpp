#pragma once
// Sum of products over shared axes: every form of matrix product, and of its gradient.

#include <tapeless/graph/symbolic.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/labels.hpp>
#include <tapeless/ops/mul.hpp>

namespace tapeless {

/// y[out] = sum of a[left] b[right] over the labels that `out` lacks, and over the batch if asked.
/// No label is twice in one operand or in the result, every label of the result has an operand, and
/// every other label is one of both operands; `einsum` takes all other forms and makes them so.
///
/// The gradient of a contraction with respect to one operand is a contraction of dy with the other.
struct contract : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "contract";
  static constexpr family kind = family::contraction;
  static constexpr int arity = 2;
  static constexpr double flops = 2;
  struct attributes {
    axis_labels left, right, out;
    bool sum_batch = false;

    template <class Attributes, class F>
    static constexpr void each(Attributes& a, F f) {
      f(a.left.bits);
      f(a.right.bits);
      f(a.out.bits);
      f(a.sum_batch);
    }
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& at) {
    const shape a = g[in[0]].dims, b = g[in[1]].dims;
    if (a.rank != at.left.rank() || b.rank != at.right.rank()) {
      g.fail(problem::labels_do_not_match_rank, path{name}, b, a);
      return {};
    }
    for (int i = 0; i < a.rank; ++i)
      if (const int j = at.right.find(at.left[i]); j >= 0 && a[i] != b[j])
        g.fail(problem::shared_axis_differs, path{name}, b, a);
    result_type r;
    r.dims.rank = at.out.rank();
    for (int i = 0; i < r.dims.rank; ++i) {
      const int l = at.left.find(at.out[i]);
      r.dims.extent[i] = l >= 0 ? a[l] : b[at.right.find(at.out[i])];
    }
    r.batched = (g[in[0]].batched || g[in[1]].batched) && !at.sum_batch;
    return r;
  }

  /// The gradient of each sample. Differentiation adds `sum_batch` where the sum over the batch is
  /// wanted, and the contraction absorbs that sum (ops/sum.hpp).
  static constexpr void backward(graph& g, int id, value dy, value* dx) {
    const node n = g[id];
    const attributes at = attributes_of<contract>(n);
    dx[0] = apply_with<contract>({at.out, at.right, at.left}, dy, value{g, n.in[1]});
    dx[1] = apply_with<contract>({at.out, at.left, at.right}, dy, value{g, n.in[0]});
  }
};

}  // namespace tapeless
