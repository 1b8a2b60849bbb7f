#pragma once
// A block of a stream behind the samples that came before it.

#include <tapeless/graph/symbolic.hpp>

namespace tapeless {

/// The samples of earlier calls, a leaf in place::history, and behind them the block of this call:
/// y = (history, block) along the axis of time. Nothing is copied: the row of a channel lies in the
/// caller's buffer as `row` elements of which the earlier samples are there already, and the block is
/// stored behind them. The next call sees the same memory from a base that is one block further on
/// (run/stream.hpp). Only `transform/stream.hpp` makes such nodes.
struct extended : operation_base {
  using operation_base::operation_base;
  static constexpr const char* name = "extended";
  static constexpr family kind = family::join;
  static constexpr int arity = 2;
  static constexpr bool no_gradient = true;
  struct attributes {
    int axis;   ///< of time
    int row;    ///< elements from the row of one channel to the next
    int begin;  ///< first element in the buffer
    int slot;   ///< which buffer
  };

  static constexpr result_type infer(graph& g, const int* in, const attributes& a) {
    shape s = g[in[1]].dims;
    s.extent[a.axis] += g[in[0]].dims[a.axis];
    return {s, g[in[1]].batched};
  }
  static constexpr join_layout join(const shape* in, const attributes& a) {
    join_layout l{a.axis};
    l.add(0, in[0][a.axis]);
    l.add(1, in[1][a.axis]);
    return l;
  }
  /// Where the elements of a value of these extents lie in the buffer: time side by side, all other
  /// axes in rows.
  static constexpr strided strides(const shape& dims, const attributes& a) {
    strided s;
    s.offset = a.begin;
    for (int i = dims.rank - 1, size = a.row; i >= 0; --i) {
      if (i == a.axis) {
        s.stride[i] = 1;
      } else {
        s.stride[i] = size;
        size *= dims[i];
      }
    }
    return s;
  }
  /// Rows of a value of these extents.
  static constexpr int rows(const shape& dims, const attributes& a) {
    return dims.count() / dims[a.axis];
  }
};

}  // namespace tapeless
