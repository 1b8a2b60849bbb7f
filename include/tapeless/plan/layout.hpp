#pragma once
// Where the elements of every value lie: parameters packed for the kernels, batches by lane axis.

#include <tapeless/graph/strides.hpp>
#include <tapeless/graph/table.hpp>
#include <tapeless/ops/copy.hpp>
#include <tapeless/ops/write_back.hpp>
#include <tapeless/plan/packing.hpp>
#include <tapeless/plan/program.hpp>

namespace tapeless {

/// Buffers that lie as the parameters do; calls may change them.
constexpr bool lies_as_parameter(place p) {
  return p == place::parameters || p == place::state || p == place::gradients;
}

/// A value that lives in memory: which buffer, and how its elements lie there.
struct located {
  place where = place::arena;
  int slot = 0;
  int storage = -1;  ///< node that owns it; for a parameter its tensor
  strided at = {};
  bool exact = false;     ///< nothing beyond the last element may be touched
  bool in_memory = true;  ///< false for constants and positions
};

/// Where every node of a graph lies, views resolved to the storage behind them.
template <int Nodes, int Tensors>
struct layouts {
  located of[Nodes > 0 ? Nodes : 1];
  int size[Nodes > 0 ? Nodes : 1] = {};  ///< arena elements, if the node is stored there
  int parameters = 0;                    ///< elements of the block of all parameters

  constexpr layouts(const graph_table<Nodes, Tensors>& g, const target& on,
                    const parameter_block<Tensors>& block) {
    parameters = block.size;
    bool packed[Nodes > 0 ? Nodes : 1] = {};
    for (int i = Nodes - 1; i >= 0; --i) want_packed(g, i, packed);
    for (int i = 0; i < Tensors; ++i)
      if (is_in_rows(g.tensors[i].where)) {
        int& length = row_of(g.tensors[i]);
        offset_in_row[i] = length;
        length += g.tensors[i].dims.count();
      }
    for (int i = 0; i < Nodes; ++i) place_node(g, on, block, i, packed[i]);
  }

 private:
  // Inputs of one slot share its rows, and so do targets.
  int offset_in_row[Tensors > 0 ? Tensors : 1] = {};
  int row[2][max_ports] = {};

  static constexpr bool is_in_rows(place p) { return p == place::input || p == place::target; }
  constexpr int& row_of(const tensor& t) { return row[t.where == place::target][t.slot]; }
  constexpr int row_of(const tensor& t) const { return row[t.where == place::target][t.slot]; }

  /// Values on their way into a packed parameter keep its layout from the start.
  static constexpr void want_packed(const graph_table<Nodes, Tensors>& g, int i, bool* packed) {
    const node& n = g[i];
    if (n.op->kind == family::assign)
      if (const int t = stored_by(n).tensor; t >= 0) packed[i] = outputs_are_lanes(g.tensors[t]);
    if (n.op->kind == family::tensor) packed[i] = outputs_are_lanes(g.tensors[tensor_of(n)]);
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
      case family::tensor:
        return place_tensor(g, block, n, l);
      case family::view: {
        l = of[n.in[0]];
        n.op->view(g[n.in[0]].dims, n.dims, n.attr, l.at);  // `legalize` made sure that it can
        return;
      }
      case family::assign:
        return place_store(g, block, n, l);
      default:
        break;
    }
    natural(n, on, packed, l.at, size[i], g.batch);
  }

  constexpr void place_tensor(const graph_table<Nodes, Tensors>& g,
                              const parameter_block<Tensors>& block, const node& n,
                              located& l) const {
    const int index = tensor_of(n);
    const tensor& t = g.tensors[index];
    l.where = t.where;
    l.slot = t.slot;
    l.exact = t.where == place::input || t.where == place::target || t.where == place::weight;
    if (lies_as_parameter(t.where)) {
      l.at = tensor_strides(t);
      l.storage = parameter_of(g, index);
      l.at.offset = block.offset[l.storage];
      return;
    }
    l.at = detail::row_major(n.dims, n.batched);
    if (is_in_rows(t.where)) {
      if (n.batched) l.at.batch = row_of(t);
      l.at.offset = offset_in_row[index];
    }
    if (t.where == place::scalars) {
      l.at.offset = t.slot;
      l.slot = 0;
    }
  }

  static constexpr void place_store(const graph_table<Nodes, Tensors>& g,
                                    const parameter_block<Tensors>& block, const node& n,
                                    located& l) {
    const write_back::attributes to = stored_by(n);
    l.where = to.where;
    l.slot = to.slot;
    l.at = detail::row_major(n.dims, n.batched);
    if (to.tensor >= 0) {
      l.at = tensor_strides(g.tensors[to.tensor]);
      l.storage = to.tensor;
      l.at.offset = block.offset[to.tensor];
    }
    l.exact = l.where == place::output || l.where == place::loss;
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
    const copy_layout wish =
        is<copy>(n.op) ? attributes_of<copy>(n).layout : copy_layout::for_lanes;
    if (!n.batched) {
      size = count;
      if (n.dims.rank == 2 && wish != copy_layout::without_padding) {
        const int row = padded(n.dims[packed ? 0 : 1]);
        s.stride[packed ? 0 : 1] = 1;
        s.stride[packed ? 1 : 0] = row;
        size = row * n.dims[packed ? 1 : 0];
      }
    } else if (on.lanes == lane_axis::samples && wish != copy_layout::sample_by_sample) {
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
