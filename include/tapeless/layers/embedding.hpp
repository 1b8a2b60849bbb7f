#pragma once
// Rows of a learnt table, by index.

#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/indices.hpp>
#include <tapeless/ops/matmul.hpp>

namespace tapeless {

namespace math {

/// The rows of a table {n, m} at computed indices, whole numbers from 0 to n - 1, in the shape of
/// the indices with one more axis. An index that is none gives a row of zeros. The table is
/// multiplied with a row of zeros and one 1 per index: n m products each, forward and backward, for
/// tables of some hundred rows. So one element that is not finite makes its whole column NaN.
template <symbolic V>
constexpr V gather(V table, V index) {
  if (table.dims().rank != 2) {
    table.owner->fail(problem::axis_out_of_range, path{"gather"}, table.dims(), shape{1, 1});
    return table;
  }
  return math::matmul(math::one_hot(index, table.dims()[0]), table);
}

}  // namespace math

/// y = the rows of a learnt table at the indices x, as torch.nn.Embedding.
/// Shapes: x {...}, whole numbers from 0 to Count - 1, y {..., Width}, `weight` {Count, Width}.
/// Starts as PyTorch's: normal with mean 0 and deviation 1. Cost and indices that are none:
/// math::gather.
template <int Count, int Width>
struct embedding {
  static_assert(Count > 0 && Width > 0,
                "Tapeless: an embedding has at least one row and one column: tl::embedding<rows, "
                "columns>");
  static constexpr value lower(graph& g, value x) {
    if (g.failed()) return x;
    const initializer start{nullptr, 0, 1, Count, Width};  // normal
    return math::gather(g.parameter("weight", shape{Count, Width}, start), x);
  }
};

}  // namespace tapeless
