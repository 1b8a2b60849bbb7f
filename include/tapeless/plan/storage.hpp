#pragma once
// How the elements of a computed value lie in memory: in which order its axes follow one another.
//
// Kernels want unit stride along the lanes in the result and in one factor; the other factor is
// broadcast and may lie as it likes. So the outputs of weights, the channels, are innermost where
// they fill lanes; positions are where these fill more. Everything that is computed element by element
// from a value lies as that value does.

#include <tapeless/graph/strides.hpp>
#include <tapeless/graph/table.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/copy.hpp>
#include <tapeless/ops/extended.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/plan/packing.hpp>
#include <tapeless/plan/program.hpp>

namespace tapeless {

/// Why the elements of a value lie as they do; for reports.
enum class layout_reason : std::uint8_t {
  none,        ///< no memory: constants, positions
  given,       ///< fixed outside: buffers of the caller, parameters
  view,        ///< the elements of another value
  parameter,   ///< as the parameter that it is stored into
  row_major,   ///< nothing asks for another order
  rows,        ///< a matrix that all samples share, its rows padded to whole vectors
  channels,    ///< outputs of weights innermost, which fill the lanes
  data,        ///< as the value that the weights are multiplied with, the outputs outermost
  factor,      ///< innermost an axis along which a factor of the product has its elements
  operand,     ///< as the value that it is computed from
  copied,      ///< copied for another innermost axis
};

}  // namespace tapeless

namespace tapeless::detail {

/// Axes from the outermost to the innermost.
struct axis_order {
  int axis[max_rank] = {};

  /// By falling keys; equal keys keep the order of the axes.
  constexpr axis_order(const int* key, int rank) {
    for (int i = 0; i < rank; ++i) {
      int k = i;
      for (; k > 0 && key[axis[k - 1]] < key[i]; --k) axis[k] = axis[k - 1];
      axis[k] = i;
    }
  }
};

/// Share of the lanes that n numbers side by side use of the vectors that hold them.
constexpr double lanes_used(int n, int width) {
  return static_cast<double>(n) / ((n + width - 1) / width * width);
}

/// Whether strides fall from axis to axis, axes of extent 1 aside.
constexpr bool falls(const strided& s, const shape& dims) {
  int last = 0;
  for (int i = dims.rank - 1; i >= 0; --i) {
    if (dims[i] == 1) continue;
    if (s.stride[i] < last) return false;
    last = s.stride[i];
  }
  return true;
}

/// The strides of nodes as they would lie alone in a buffer; Graph has nodes by index and a batch.
template <class Graph>
class natural_storage {
 public:
  constexpr natural_storage(const Graph& graph, const target& machine) : g{graph}, on{machine} {}

  /// Strides of a computed node, from those of its operands, and the elements it takes.
  constexpr strided strides(int i, const strided* at, int& size) const {
    layout_reason why;
    return strides(i, at, size, why);
  }
  constexpr strided strides(int i, const strided* at, int& size, layout_reason& why) const {
    const node& n = g[i];
    if (is<extended>(n.op)) {
      size = 0;  // lies in memory of the caller
      return extended::strides(n.dims, attributes_of<extended>(n));
    }
    int key[max_rank] = {};
    why = keys(i, at, key);
    const bool reordered = why != layout_reason::row_major;
    if (!n.batched && !reordered) return matrix(n, size, why);
    strided s;
    int count = 1;
    if (reordered) {
      const axis_order order(key, n.dims.rank);
      for (int k = n.dims.rank - 1; k >= 0; --k) {
        s.stride[order.axis[k]] = count;
        const bool pads = !n.batched && is<copy>(n.op) && k == n.dims.rank - 1;
        count *= pads ? padded(n.dims[order.axis[k]]) : n.dims[order.axis[k]];
      }
    } else {
      s = row_major(n.dims, false);
      count = n.dims.count();
    }
    size = count;
    if (n.batched) spread_over_samples(n, count, s, size);
    size = with_room(size);
    return s;
  }

  /// A whole vector may be read or written past the last row.
  static constexpr int with_room(int size) { return (size + 31) / 16 * 16; }

  /// The axis of a contraction's result that the weights alone have and that lanes run over, -1 if
  /// there is none: their other operand differs from sample to sample.
  constexpr int channel_axis(const node& n, const strided* at) const {
    const node &a = g[n.in[0]], &b = g[n.in[1]];
    if (!n.batched || a.batched == b.batched || on.lanes == lane_axis::samples) return -1;
    const contract::attributes c = attributes_of<contract>(n);
    const axis_labels data = a.batched ? c.left : c.right;
    const strided& of_data = at[n.in[a.batched ? 0 : 1]];
    int channels = -1;
    double share_of_positions = 0;
    for (int i = 0; i < n.dims.rank; ++i) {
      const int l = data.find(c.out[i]);
      if (l < 0) {
        if (n.dims[i] > 1) channels = i;
      } else if (of_data.stride[l] == 1 && n.dims[i] > 1) {
        share_of_positions = lanes_used(n.dims[i], on.width);
      }
    }
    if (channels < 0) return -1;
    // Lanes over samples read their neighbours in time as they lie, and one order serves blocks of
    // all sizes.
    if (on.streams && share_of_positions > 0) return -1;
    const double share = lanes_used(n.dims[channels], on.width);
    return share >= least_share_of_channels || share >= share_of_positions ? channels : -1;
  }

  /// The operand that a node lies as: the first whose axes are not row-major, else the first.
  constexpr int like_which(const node& n, const strided* at) const {
    int best = -1;
    for (int k = 0; k < n.op->arity; ++k) {
      const int o = n.in[k];
      const bool fits = g[o].batched && lies_in_memory(o) && g[o].dims.rank >= n.dims.rank &&
                        (n.op->kind != family::elementwise || g[o].dims == n.dims);
      if (fits && (best < 0 || (falls(at[best], g[best].dims) && !falls(at[o], g[o].dims))))
        best = o;
    }
    return best;
  }

 private:
  const Graph& g;
  const target& on;

  /// Channels that fill half of a vector are innermost: half of the lanes of the widest vector are
  /// all lanes of the next one.
  static constexpr double least_share_of_channels = 0.5;
  static constexpr int outermost = 1 << 30;

  constexpr bool lies_in_memory(int i) const {
    return g[i].op->kind != family::constant && g[i].op->kind != family::index;
  }

  /// Keys by which the axes of a node are ordered, greatest outermost, unless they lie row-major.
  constexpr layout_reason keys(int i, const strided* at, int* key) const {
    const node& n = g[i];
    if (n.dims.rank < (n.batched ? 2 : 3)) return layout_reason::row_major;
    if (is<copy>(n.op)) return keys_of_copy(n, at, key);
    if (n.op->kind == family::contraction)
      return n.batched ? keys_of_contraction(n, at, key) : keys_of_gradient(n, at, key);
    if (!n.batched || n.op->kind == family::rows) return layout_reason::row_major;
    const int from = like_which(n, at);
    if (from < 0) return layout_reason::row_major;
    for (int k = 0, kept = 0; k < g[from].dims.rank; ++k) {
      const int stride = at[from].stride[k] < 0 ? -at[from].stride[k] : at[from].stride[k];
      if (n.op->kind != family::reduction) {
        key[k] = stride;
        continue;
      }
      const auto a = unpack<reduced_axes::attributes>(n.attr);
      const bool gone = (a.axes >> k & 1) != 0;
      if (!gone || a.keep) key[kept++] = gone ? 0 : stride;
    }
    return layout_reason::operand;
  }

  constexpr layout_reason keys_of_copy(const node& n, const strided* at, int* key) const {
    const int innermost = attributes_of<copy>(n).innermost;
    if (innermost < 0) return layout_reason::row_major;
    for (int k = 0; k < n.dims.rank; ++k) {
      const int stride = at[n.in[0]].stride[k];
      key[k] = stride < 0 ? -stride : stride;
    }
    key[innermost] = -1;
    return layout_reason::copied;
  }

  constexpr layout_reason keys_of_contraction(const node& n, const strided* at, int* key) const {
    const node &a = g[n.in[0]], &b = g[n.in[1]];
    if (a.batched == b.batched) return layout_reason::row_major;
    const contract::attributes c = attributes_of<contract>(n);
    const axis_labels data = a.batched ? c.left : c.right;
    const strided& of_data = at[n.in[a.batched ? 0 : 1]];
    const int channels = channel_axis(n, at);
    for (int i = 0; i < n.dims.rank; ++i) {
      const int l = data.find(c.out[i]);
      const int stride = l < 0 ? 0 : of_data.stride[l];
      key[i] = l >= 0 ? (stride < 0 ? -stride : stride) : channels >= 0 ? -1 : outermost;
    }
    return channels >= 0 ? layout_reason::channels : layout_reason::data;
  }

  /// The gradient of weights: innermost is the axis along which one factor has its elements side by
  /// side.
  constexpr layout_reason keys_of_gradient(const node& n, const strided* at, int* key) const {
    const contract::attributes c = attributes_of<contract>(n);
    int best = -1;
    for (int i = 0; i < n.dims.rank; ++i) {
      const int l = c.left.find(c.out[i]), r = c.right.find(c.out[i]);
      const bool unit = (l >= 0 && at[n.in[0]].stride[l] == 1) ||
                        (r >= 0 && at[n.in[1]].stride[r] == 1);
      if (unit && (best < 0 || n.dims[i] > n.dims[best])) best = i;
    }
    if (best < 0) return layout_reason::row_major;
    for (int i = 0; i < n.dims.rank; ++i) key[i] = 1;
    key[best] = 0;
    return layout_reason::factor;
  }

  /// What is the same for all samples: rows of a matrix with padding, everything else row-major.
  constexpr strided matrix(const node& n, int& size, layout_reason& why) const {
    strided s = row_major(n.dims, false);
    size = n.dims.count();
    const bool dense = is<copy>(n.op) &&
                       attributes_of<copy>(n).layout == copy_layout::without_padding;
    if (n.dims.rank == 2 && !dense) {
      why = layout_reason::rows;
      s.stride[0] = padded(n.dims[1]);
      size = s.stride[0] * n.dims[0];
    }
    size = with_room(size);
    return s;
  }

  constexpr void spread_over_samples(const node& n, int count, strided& s, int& size) const {
    const bool by_sample =
        n.op->kind == family::rows ||
        (is<copy>(n.op) && attributes_of<copy>(n).layout == copy_layout::sample_by_sample);
    if (on.lanes == lane_axis::samples && !by_sample) {
      const int row = padded(g.batch);
      for (int i = 0; i < n.dims.rank; ++i) s.stride[i] *= row;
      s.batch = 1;
      size = count * row;
    } else {
      s.batch = padded(count);
      size = g.batch * s.batch;
    }
  }
};

}  // namespace tapeless::detail
