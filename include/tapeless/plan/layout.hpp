#pragma once
// Where the elements of every value lie: parameters packed for the kernels, batches by lane axis.

#include <tapeless/ops/copy.hpp>
#include <tapeless/plan/program.hpp>
#include <tapeless/transform/interpret.hpp>

namespace tapeless {

/// Distance between rows of n elements that vectors can walk: a multiple of 16, or a power of two.
constexpr int padded(int n) {
  if (n > 8) return (n + 15) / 16 * 16;
  return n > 4 ? 8 : n > 2 ? 4 : n;
}

/// Outputs up to which the weights of a layer may lie as [out][in padded], and inputs from which
/// they do.
inline constexpr int narrow_outputs = 8, many_inputs = 16;

/// Whether the weights of a layer lie as [in][out padded]: the outputs of one input are one row of
/// lanes, and nothing is summed across them. Few outputs would leave most lanes idle; theirs lie as
/// [out][in padded], and lanes run over inputs.
constexpr bool outputs_are_lanes(const tensor& t) {
  return t.transposed && t.dims.rank == 2 &&
         (t.dims[0] > narrow_outputs || t.dims[1] < many_inputs);
}

/// Layout of a parameter inside `parameters`: weights of layers as above, everything else
/// row-major.
constexpr strided tensor_strides(const tensor& t) {
  if (!t.transposed || t.dims.rank != 2) return detail::row_major(t.dims, false);
  const int lanes = outputs_are_lanes(t) ? 0 : 1;
  strided s;
  s.stride[lanes] = 1;
  s.stride[1 - lanes] = padded(t.dims[lanes]);
  return s;
}

/// Elements that a parameter takes, up to the next multiple of 16.
constexpr int tensor_size(const tensor& t) {
  const int lanes = outputs_are_lanes(t) ? 0 : 1;
  const int n =
      t.transposed && t.dims.rank == 2 ? padded(t.dims[lanes]) * t.dims[1 - lanes] : t.dims.count();
  return (n + 15) / 16 * 16;
}

/// Offset of each parameter in the packed block, and its size. Tensors elsewhere have offset 0.
template <int Tensors>
struct parameter_block {
  int offset[Tensors > 0 ? Tensors : 1] = {};
  int size = 0;
};

template <int Nodes, int Tensors>
constexpr parameter_block<Tensors> parameter_offsets(const graph_table<Nodes, Tensors>& g) {
  parameter_block<Tensors> b;
  for (int i = 0; i < Tensors; ++i) {
    if (g.tensors[i].where != place::parameters) continue;
    b.offset[i] = b.size;
    b.size += tensor_size(g.tensors[i]);
  }
  return b;
}

/// A value that lives in memory: which buffer, and how its elements lie there.
struct located {
  place where = place::arena;
  int slot = 0;
  int storage = -1;  ///< node that owns it; for a parameter its tensor
  strided at = {};
  bool guarded = false;
  bool in_memory = true;  ///< false for constants and positions
};

/// Where every node of a graph lies, views resolved to the storage behind them.
template <int Nodes, int Tensors>
struct layouts {
  located of[Nodes > 0 ? Nodes : 1];
  int size[Nodes > 0 ? Nodes : 1] = {};  ///< arena elements, if the node is stored there

  constexpr layouts(const graph_table<Nodes, Tensors>& g, const target& on,
                    const parameter_block<Tensors>& block) {
    bool packed[Nodes > 0 ? Nodes : 1] = {};
    for (int i = Nodes - 1; i >= 0; --i) want_packed(g, i, packed);
    for (int i = 0; i < Tensors; ++i)
      if (g.tensors[i].where == place::input) {
        input_offset[i] = input_row;
        input_row += g.tensors[i].dims.count();
      }
    for (int i = 0; i < Nodes; ++i) place_node(g, on, block, i, packed[i]);
  }

 private:
  int input_offset[Tensors > 0 ? Tensors : 1] = {};  // several inputs share one row
  int input_row = 0;

  /// Values on their way into a packed parameter keep its layout from the start.
  static constexpr void want_packed(const graph_table<Nodes, Tensors>& g, int i, bool* packed) {
    const node& n = g[i];
    if (n.op->kind == family::assign && n.attr.index[2] >= 0)
      packed[i] = outputs_are_lanes(g.tensors[n.attr.index[2]]);
    if (n.op->kind == family::tensor) packed[i] = outputs_are_lanes(g.tensors[n.attr.index[0]]);
    if (!packed[i] || n.dims.rank != 2) return;
    if (n.op->kind != family::elementwise && n.op->kind != family::assign) return;
    if (is<copy>(n.op)) return;
    for (int k = 0; k < n.op->arity; ++k)
      if (g[n.in[k]].dims == n.dims && !g[n.in[k]].batched) packed[n.in[k]] = true;
  }

  constexpr void place_node(const graph_table<Nodes, Tensors>& g, const target& on,
                            const parameter_block<Tensors>& block, int i, bool packed) {
    const node& n = g[i];
    located& l = of[i];
    l.storage = i;
    switch (n.op->kind) {
      case family::constant:
      case family::index:
        l.in_memory = false;
        return;
      case family::tensor: {
        const tensor& t = g.tensors[n.attr.index[0]];
        l.where = t.where;
        l.slot = t.slot;
        l.guarded = t.where == place::input || t.where == place::target;
        if (t.where == place::parameters || t.where == place::state ||
            t.where == place::gradients) {
          l.at = tensor_strides(t);
          l.storage = parameter_of(g, n.attr.index[0]);
          l.at.offset = block.offset[l.storage];
        } else {
          l.at = detail::row_major(n.dims, n.batched);
          if (t.where == place::input) {
            l.at.batch = input_row;
            l.at.offset = input_offset[n.attr.index[0]];
          }
          if (t.where == place::scalars) {
            l.at.offset = t.slot;
            l.slot = 0;
          }
        }
        return;
      }
      case family::view: {
        l = of[n.in[0]];
        n.op->view(g[n.in[0]].dims, n.dims, n.attr, l.at);  // arrange saw to it that it can
        return;
      }
      case family::assign:
        l.where = static_cast<place>(n.attr.index[0]);
        l.slot = n.attr.index[1];
        l.at = detail::row_major(n.dims, n.batched);
        if (n.attr.index[2] >= 0) {
          l.at = tensor_strides(g.tensors[n.attr.index[2]]);
          l.storage = n.attr.index[2];
          l.at.offset = block.offset[l.storage];
        }
        l.guarded = l.where == place::output || l.where == place::loss;
        return;
      default:
        break;
    }
    natural(n, on, packed, l.at, size[i], g.batch);
  }

  /// Optimizer state and gradients lie as the parameter of the same name.
  static constexpr int parameter_of(const graph_table<Nodes, Tensors>& g, int t) {
    return g.tensors[t].where == place::parameters
               ? t
               : g.find(g.tensors[t].name.view(), place::parameters);
  }

  static constexpr void natural(const node& n, const target& on, bool packed, strided& s, int& size,
                                int batch) {
    const int count = n.dims.count();
    s = detail::row_major(n.dims, false);
    const int wish = is<copy>(n.op) ? n.attr.index[0] : 0;
    if (!n.batched) {
      size = count;
      if (n.dims.rank == 2 && wish != without_padding) {
        const int row = padded(n.dims[packed ? 0 : 1]);
        s.stride[packed ? 0 : 1] = 1;
        s.stride[packed ? 1 : 0] = row;
        size = row * n.dims[packed ? 1 : 0];
      }
    } else if (on.lanes == lane_axis::samples && wish != sample_by_sample) {
      const int row = padded(batch);
      for (int i = 0; i < n.dims.rank; ++i) s.stride[i] *= row;
      s.batch = 1;
      size = count * row;
    } else {
      s.batch = padded(count);
      size = batch * s.batch;
    }
    size = (size + 31) / 16 * 16;  // a whole vector may be read or written past the last row
  }
};

}  // namespace tapeless
