#pragma once
// Rows of a learnt table, by index.

#include <tapeless/layers/layer.hpp>
#include <tapeless/ops/gather.hpp>

namespace tapeless {

/// y = the rows of a learnt table at the indices x, as torch.nn.Embedding.
/// Shapes: x {...}, whole numbers from 0 to Count - 1, y {..., Width}, `weight` {Count, Width}.
/// Starts as PyTorch's: normal with mean 0 and deviation 1. Reads the rows that come in and no
/// others; plain `sgd` updates those alone. Indices that are none: math::gather.
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
