#pragma once
// Where the elements of every value lie: parameters packed for the kernels, batches by lane axis.

#include <tapeless/graph/strides.hpp>
#include <tapeless/graph/table.hpp>
#include <tapeless/ops/gather.hpp>
#include <tapeless/ops/reshape.hpp>
#include <tapeless/ops/scan_parts.hpp>
#include <tapeless/ops/write_back.hpp>
#include <tapeless/plan/storage.hpp>

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
///
/// An operand of a join is stored straight into its part of the join where that is safe: so padding
/// costs a border and never a pass over the value.
template <int Nodes, int Tensors>
struct layouts {
  static constexpr int room = Nodes > 0 ? Nodes : 1;
  located of[room];
  int size[room] = {};  ///< arena elements, if the node is stored there
  int home[room] = {};  ///< join that a value lies inside of, + 1
  layout_reason why[room] = {};
  int parameters = 0;  ///< elements of the block of all parameters

  constexpr layouts(const graph_table<Nodes, Tensors>& g, const target& on,
                    const parameter_block<Tensors>& block) {
    parameters = block.size;
    int packed[room] = {};   // parameter + 1 as which a value lies
    bool viewed[room] = {};  // views of a value suit the layout that the value has alone
    for (const node& n : g.nodes)
      if (n.op->kind == family::view) viewed[n.in[0]] = true;
    for (int i = Nodes - 1; i >= 0; --i) want_packed(g, i, viewed, packed);
    for (int i = 0; i < Tensors; ++i)
      if (is_in_rows(g.tensors[i].where)) {
        int& length = row_of(g.tensors[i]);
        offset_in_row[i] = length;
        length += g.tensors[i].dims.count();
      }
    strided at[room];  // each value alone
    for (int i = 0; i < Nodes; ++i) {
      place_node(g, on, block, i, packed[i], at);
      at[i] = of[i].at;
    }
    if (has_joins(g)) {
      choose_homes(g, packed);
      move_into_homes(g);
      if (g.scan_count > 0) find_carried(g);
      place_views(g);
    }
  }

 private:
  // Inputs of one slot share its rows, and so do targets.
  int offset_in_row[Tensors > 0 ? Tensors : 1] = {};
  int row[2][max_ports] = {};

  static constexpr bool is_in_rows(place p) { return p == place::input || p == place::target; }
  constexpr int& row_of(const tensor& t) { return row[t.where == place::target][t.slot]; }
  constexpr int row_of(const tensor& t) const { return row[t.where == place::target][t.slot]; }

  /// Values on their way into a packed parameter keep its layout from the start.
  static constexpr void want_packed(const graph_table<Nodes, Tensors>& g, int i, const bool* viewed,
                                    int* packed) {
    const node& n = g[i];
    int t = -1;
    if (n.op->kind == family::assign) t = stored_by(n).tensor;
    if (n.op->kind == family::tensor) t = tensor_of(n);
    if (t >= 0 && is_packed(g.tensors[t])) packed[i] = t + 1;
    if (packed[i] == 0 || n.dims.rank < 2) return;
    if (n.op->kind != family::elementwise && n.op->kind != family::assign) return;
    if (is<copy>(n.op)) return;
    for (int k = 0; k < n.op->arity; ++k)
      if (g[n.in[k]].dims == n.dims && !g[n.in[k]].batched && g[n.in[k]].op->kind != family::view &&
          (n.dims.rank == 2 || !viewed[n.in[k]]))
        packed[n.in[k]] = packed[i];
  }
  static constexpr bool is_packed(const tensor& t) {
    return t.dims.rank == 2 ? outputs_are_lanes(t) : t.transposed && t.dims.rank > 2;
  }

  constexpr void place_node(const graph_table<Nodes, Tensors>& g, const target& on,
                            const parameter_block<Tensors>& block, int i, int packed,
                            const strided* at) {
    const node& n = g[i];
    located& l = of[i];
    l.storage = i;
    why[i] = layout_reason::given;
    switch (n.op->kind) {
      case family::constant:
      case family::index:
        why[i] = layout_reason::none;
        l.in_memory = false;
        return;
      case family::tensor:
        return place_tensor(g, block, n, l);
      case family::view: {
        why[i] = layout_reason::view;
        l = of[n.in[0]];
        n.op->view(g[n.in[0]].dims, n.dims, n.attr, l.at);  // `legalize` made sure that it can
        return;
      }
      case family::assign:
        return place_store(g, block, n, l);
      default:
        break;
    }
    if (packed > 0 && !n.batched && n.dims.rank > 1 && !is<copy>(n.op)) {
      const tensor& t = g.tensors[packed - 1];
      why[i] = layout_reason::parameter;
      l.at = tensor_strides(t);
      size[i] = (tensor_size(t) + 31) / 16 * 16;
    } else {
      l.at = detail::natural_storage{g, on}.strides(i, at, size[i], why[i]);
    }
  }

  static constexpr bool has_joins(const graph_table<Nodes, Tensors>& g) {
    for (const node& n : g.nodes)
      if (n.op->kind == family::join) return true;
    return false;
  }

  /// Chooses the join inside which each value is stored, if any. A join stores a value inside if
  /// the join is the only user of the value, or if the join, and every join around it, only puts a
  /// border around the value: in both cases no part of the join has to wait for a step that reads
  /// the value. Other parts of a join of several values could depend on other users of a value
  /// inside. A value that is reshaped is stored alone, since the elements of a part of a join
  /// do not follow one another.
  constexpr void choose_homes(const graph_table<Nodes, Tensors>& g, const int* packed) {
    int users[room] = {};
    bool reshaped[room] = {};
    for (int i = Nodes - 1; i >= 0; --i) {
      const node& n = g[i];
      for (int k = 0; k < n.op->arity; ++k) {
        ++users[n.in[k]];
        if (n.op->kind == family::view)
          reshaped[n.in[k]] = reshaped[n.in[k]] || reshaped[i] || is<reshape>(n.op);
      }
    }
    for (int i = Nodes - 1; i >= 0; --i)
      if (leaves_a_scan(g[i])) home[g[i].in[detail::stored_slots(g[i]).operand]] = i + 1;
    for (int i = Nodes - 1; i >= 0; --i) {
      const node& n = g[i];
      if (n.op->kind != family::join || leaves_a_scan(n)) continue;
      for (int k = 0; k < n.op->arity; ++k) {
        const int o = n.in[k];
        const family f = g[o].op->kind;
        const bool stored = f == family::elementwise || f == family::contraction ||
                            f == family::reduction || (f == family::rows && !adds_rows(g[o])) ||
                            (f == family::join && !is<extended>(g[o].op));
        const bool alone = users[o] == 1 && !is_read_inside(g, o, users);
        if (stored && home[o] == 0 && packed[o] == 0 && g[o].batched == n.batched && !reshaped[o] &&
            (alone || is<extended>(n.op) || only_adds_borders(g, i)) && lies_as(o, i, g[o].dims))
          home[o] = i + 1;
      }
    }
  }
  /// Whether a join, and every join that it lies in, only puts a border around a value.
  constexpr bool only_adds_borders(const graph_table<Nodes, Tensors>& g, int join) const {
    for (; g[join].op->arity == 1 && !leaves_a_scan(g[join]); join = home[join] - 1)
      if (home[join] == 0) return true;
    return false;
  }
  /// Whether a value leaves a scan inside which others use what is stored there.
  static constexpr bool is_read_inside(const graph_table<Nodes, Tensors>& g, int join,
                                       const int* users) {
    if (!leaves_a_scan(g[join])) return false;
    return users[g[join].in[detail::stored_slots(g[join]).operand]] > 1;
  }
  /// Whether the axes of a value follow one another as those of the join do.
  constexpr bool lies_as(int value, int join, const shape& dims) const {
    for (int a = 0; a < dims.rank; ++a)
      for (int b = 0; b < dims.rank; ++b)
        if (dims[a] > 1 && dims[b] > 1 &&
            (of[value].at.stride[a] < of[value].at.stride[b]) !=
                (of[join].at.stride[a] < of[join].at.stride[b]))
          return false;
    return true;
  }

  /// From the last join to the first: a join may lie in another one.
  constexpr void move_into_homes(const graph_table<Nodes, Tensors>& g) {
    for (int i = Nodes - 1; i >= 0; --i) {
      if (home[i] == 0) continue;
      const int join = home[i] - 1;
      const node& n = g[join];
      if (leaves_a_scan(n)) {
        const detail::slots_of_scan to = detail::stored_slots(n);
        of[i] = slot_of(of[join], n.dims, to.first, to.step, to.inside);
        size[i] = 0;
        continue;
      }
      shape dims[max_operands];
      for (int k = 0; k < n.op->arity; ++k) dims[k] = g[n.in[k]].dims;
      const join_layout layout = n.op->join(dims, n.attr);
      for (int p = 0; p < layout.count; ++p) {
        if (layout.part[p].operand < 0 || n.in[layout.part[p].operand] != i) continue;
        of[i] = part_of(of[join], layout, layout.part[p]);
        size[i] = 0;
      }
    }
  }
  /// One element of the first axis per iteration.
  static constexpr located slot_of(const located& whole, const shape& dims, int first, int step,
                                   bool inside) {
    located l = whole;
    detail::enter_first_axis(dims, first, step, inside, l.at);
    l.exact = true;
    return l;
  }
  /// A carried value lies where its history has what the iteration before left.
  constexpr void find_carried(const graph_table<Nodes, Tensors>& g) {
    for (int i = 0; i < Nodes; ++i)
      if (g[i].op->kind == family::join && is<carried_history>(g[i].op))
        of[g[i].in[2]] = slot_of(of[i], g[i].dims, 0, 1, detail::stored_slots(g[i]).inside);
  }
  constexpr void place_views(const graph_table<Nodes, Tensors>& g) {
    for (int i = 0; i < Nodes; ++i) {
      const node& n = g[i];
      if (n.op->kind != family::view || !of[n.in[0]].in_memory) continue;
      if (n.scan != 0 && is<carried>(n.op)) continue;
      of[i] = of[n.in[0]];
      n.op->view(g[n.in[0]].dims, n.dims, n.attr, of[i].at);
    }
  }

 public:
  /// Where a block of a join lies; its neighbours may be there already.
  static constexpr located part_of(const located& join, const join_layout& layout,
                                   const join_part& part) {
    located l = join;
    l.at.offset += part.begin * l.at.stride[layout.axis];
    l.at.stride[layout.axis] *= part.step;
    l.exact = true;
    return l;
  }

 private:
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
};

}  // namespace tapeless
