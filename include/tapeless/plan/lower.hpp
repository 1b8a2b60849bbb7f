#pragma once
// Turns groups of nodes into steps: loop nests with their accesses and straight-line programs.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/plan/emit.hpp>

namespace tapeless {

namespace detail {

/// Steps that the groups of a graph become: a join takes one per block, a sum of rows starts from
/// zeros.
template <class Graph, class Groups>
constexpr int steps_for(const Graph& g, const Groups& in) {
  return in.count + [&] {
    int more = 0;
    for (const node& n : g.nodes)
      if (n.op->kind == family::join)
        more += max_operands;
      else if (n.op->kind == family::rows)
        ++more;
    return more;
  }();
}

}  // namespace detail

/// Emits the steps of a grouped graph.
template <int Nodes, int Tensors, int Steps, int Room>
struct lowering : emission<Nodes, Tensors, Steps, Room> {
  using base = emission<Nodes, Tensors, Steps, Room>;
  using base::access_count;
  using base::accesses;
  using base::code;
  using base::code_count;
  using base::g;
  using base::in;
  using base::steps;
  using base::where;

  constexpr lowering(const graph_table<Nodes, Tensors>& graph,
                     const layouts<Nodes, Tensors>& layout, const groups<Nodes>& grouped)
      : base{graph, layout, grouped} {
    list_members();
    for (group = in.count - 1; group >= 0; --group) {
      const node& root = g[in.root[group]];
      if (root.op->kind == family::join)
        emit_join();
      else if (root.op->kind == family::rows || adds_rows(root))
        emit_rows();
      else
        emit_group();
    }
  }

 private:
  using base::apply_node;
  using base::begin_part;
  using base::begin_step;
  using base::finish_step;
  using base::group;
  using base::loops;
  using base::operand;
  using base::part_begin;
  using base::push;
  using base::push_access;
  using base::remember;
  using base::store;
  using base::walk;
  using base::walker;

  // The members of each group, ascending: a list per group, linked by node.
  static constexpr int none = -1;
  int first_member[Nodes + 1] = {};  // by group; none if it has no member
  int next_member[Nodes + 1] = {};   // by node; none behind the last one

  constexpr void list_members() {
    for (int& member : first_member) member = none;
    for (int i = Nodes - 1; i >= 0; --i)
      if (in.group[i] >= 0) {
        next_member[i] = first_member[in.group[i]];
        first_member[in.group[i]] = i;
      }
  }

  constexpr void emit_group() {
    const int id = in.root[group];
    const node& root = g[id];
    step s = begin_step(id);
    if (const int r = in.reduction_node[group]; r >= 0)
      emit_prologue(s, g[r]);
    else
      loops = detail::loops_of_elements(root.dims, root.batched, g.batch, where.of[id].at);
    s.middle = code_count;
    begin_part(zone::epilogue, root.dims);
    for (int i = first_member[group]; i != none; i = next_member[i])
      if (in.part[i] == zone::epilogue && g[i].op->kind != family::assign)
        remember(i, apply_node(g[i]));
    emit_stores();
    finish_step(s);
  }

  /// Values are read before anything is stored: a store may overwrite what was read.
  constexpr void emit_stores() {
    for (int i = first_member[group]; i != none; i = next_member[i])
      if (g[i].op->kind == family::assign) operand(g[i].in[0]);
    for (int i = first_member[group]; i != none; i = next_member[i])
      if (g[i].op->kind == family::assign)
        store(operand(g[i].in[0]), where.of[i], where.of[i].at);
      else if (in.stored[i])
        store(operand(i), where.of[i], where.of[i].at);
  }

  constexpr void emit_prologue(step& s, const node& n) {
    s.reduction = n.op->kind == family::contraction ? reduction_kind::sum : n.op->reduces;
    if (n.op->kind == family::contraction) {
      loops = detail::loops_of_contraction(n, g[n.in[0]], g[n.in[1]], g.batch);
      sort_loops(n);
      begin_part(zone::prologue, g[n.in[0]].dims);
      const int a = factor(n.in[0], detail::walker::first_operand);
      const int b = factor(n.in[1], detail::walker::second_operand);
      push({.what = action::apply, .op = &description<mul>, .a = a, .b = b});
    } else {
      loops = detail::loops_of_reduction(n, g[n.in[0]], g.batch);
      sort_loops(n);
      begin_part(zone::prologue, g[n.in[0]].dims);
      for (int i = first_member[group]; i != none; i = next_member[i])
        if (in.part[i] == zone::prologue) remember(i, apply_node(g[i]));
      const int element = operand(n.in[0]);
      if (element != code_count - 1 - part_begin)
        push({.what = action::apply, .op = &description<copy>, .a = element});
    }
    s.product = is_product(s);
  }

  /// Orders the loops of a reduction as memory lies: those over results by the result, those over
  /// what is reduced by the operands. Matrices and vectors keep their order.
  constexpr void sort_loops(const node& n) {
    bool sorts = n.dims.rank > 2;
    for (int k = 0; k < n.op->arity; ++k)
      sorts = sorts || g[n.in[k]].dims.rank > 2 || (g[n.in[k]].batched && g[n.in[k]].dims.rank > 1);
    if (!sorts) return;
    const strided& result = result_strides(n);
    const auto along = [](const strided& s, int axis) {
      const int stride = detail::stride_along(s, axis);
      return stride < 0 ? -stride : stride;
    };
    int key[max_loops] = {};
    for (int l = 0; l < loops.count; ++l) {
      const detail::loop_axes& a = loops.loop[l];
      if (a.result == detail::batch_axis || (l >= loops.parallel && a.first == detail::batch_axis))
        key[l] = 1 << 30;
      else if (l < loops.parallel)
        key[l] = along(result, a.result);
      else
        key[l] = along(where.of[n.in[0]].at, a.first) +
                 (n.op->arity > 1 ? along(where.of[n.in[1]].at, a.second) : 0);
    }
    loops.sort(key);
  }
  /// Where the results of a reduction are stored: itself, or the group's last node.
  constexpr const strided& result_strides(const node& n) const {
    const int root = in.root[group];
    return g[root].dims == n.dims ? where.of[root].at : where.of[in.reduction_node[group]].at;
  }

  /// One factor of a product; a constant is a number, everything else is in memory.
  constexpr int factor(int o, detail::walker w) {
    if (g[o].op->kind == family::constant)
      return push({.what = action::constant, .attr = g[o].attr});
    return push({.what = action::load, .a = push_access(walk(where.of[o], where.of[o].at, w))});
  }

  /// Whether what is summed is the product of two loads: one fused multiply-add.
  constexpr bool is_product(const step& s) const {
    if (s.reduction != reduction_kind::sum || code_count - s.code_begin != 3 || this->is_full())
      return false;
    const instruction* c = code + s.code_begin;
    return c[0].what == action::load && c[1].what == action::load && c[2].what == action::apply &&
           is<mul>(c[2].op) && c[2].a == 0 && c[2].b == 1;
  }

  /// Rows by index: a step over all positions and the elements of a row. A sum of rows starts from
  /// a step that stores zeros.
  constexpr void emit_rows() {
    const int id = in.root[group];
    const node& n = g[id];
    const bool adds = adds_rows(n), updates = n.op->kind == family::assign;
    const int rows = n.op->kind == family::rows && !adds ? id : n.in[rows_added(n)];
    const int index = n.in[n.op->arity - 1], table = adds ? id : n.in[0];
    if (adds && !updates) emit_zeros(id);
    const int lead = updates ? 0 : unpack<row_attributes>(n.attr).lead;
    const shape over = g[rows].dims;
    step s = begin_step(id);
    s.middle = code_count;
    loops = {};
    if (g[rows].batched || g[index].batched || n.batched)
      loops.add(g.batch, -1, -1, detail::batch_axis);
    for (int i = 0; i < over.rank; ++i) loops.add(over[i], -1, -1, i);
    begin_part(zone::epilogue, over);
    const located& from = where.of[table];
    s.row_stride = from.at.stride[lead];
    s.row_count = g[table].dims[lead];
    s.index = push_index(index) - s.access_begin;
    const strided element = element_of_rows(from.at, lead, over.rank);
    if (adds)
      emit_added_rows(id, rows, from, element);
    else
      store(load_by_row(from, element), where.of[id], where.of[id].at);
    finish_step(s);
  }
  /// The numbers of rows, which are the same for all elements of a row.
  constexpr int push_index(int index) {
    strided at = where.of[index].at;
    for (int i = g[index].dims.rank; i < max_rank; ++i) at.stride[i] = 0;
    return push_access(walk(where.of[index], at, walker));
  }
  /// The same element of every row of a table, as the loops walk. Lead: axes before that of rows.
  static constexpr strided element_of_rows(const strided& table, int lead, int rank) {
    strided at{table.offset, table.batch, {}, table.iteration, table.inner};
    for (int i = 0; i < lead; ++i) at.stride[i] = table.stride[i];
    at.stride[rank - 1] = table.stride[lead + 1];
    return at;
  }
  /// Computes the rows in the group, and stores what was in the table plus these.
  constexpr void emit_added_rows(int id, int rows, const located& table, const strided& element) {
    for (int i = first_member[group]; i != none; i = next_member[i])
      if (i != id) remember(i, apply_node(g[i]));
    const int more = operand(rows);
    const int row = load_by_row(table, element);
    const int sum = push({.what = action::apply, .op = &description<add>, .a = row, .b = more});
    store(sum, table, element);
    mark_by_row();
  }
  constexpr int load_by_row(const located& table, const strided& element) {
    const int row = push({.what = action::load, .a = push_access(walk(table, element, walker))});
    mark_by_row();
    return row;
  }
  /// The access that was pushed last moves on by the row of the table.
  constexpr void mark_by_row() {
    if (access_count <= Room) accesses[access_count - 1].by_row = true;
  }
  constexpr void emit_zeros(int id) {
    const node& n = g[id];
    step s = begin_step(id);
    s.middle = code_count;
    loops = detail::loops_of_elements(n.dims, n.batched, g.batch, where.of[id].at);
    begin_part(zone::epilogue, n.dims);
    const int zero = push({.what = action::constant, .attr = pack(constant_attributes{0})});
    store(zero, where.of[id], where.of[id].at);
    finish_step(s);
  }

  /// Every block of a join is a step that copies an operand, or a number, to its part of the
  /// result.
  constexpr void emit_join() {
    const int id = in.root[group];
    const node& n = g[id];
    shape dims[max_operands];
    for (int i = 0; i < n.op->arity; ++i) dims[i] = g[n.in[i]].dims;
    const join_layout layout = n.op->join(dims, n.attr);
    for (int p = 0; p < layout.count; ++p) {
      const join_part& block = layout.part[p];
      if (block.operand >= 0 && where.home[n.in[block.operand]] == id + 1) continue;
      if (block.operand == 0 && is<extended>(n.op)) continue;  // is there from earlier calls
      shape extents = n.dims;
      extents.extent[layout.axis] = block.extent;
      step s = begin_step(id);
      s.middle = code_count;
      const located to = where.part_of(where.of[id], layout, block);
      loops = detail::loops_of_elements(extents, n.batched, g.batch, to.at);
      begin_part(zone::epilogue, extents);
      const int from =
          block.operand >= 0
              ? operand(n.in[block.operand])
              : push({.what = action::constant, .attr = pack(constant_attributes{layout.number})});
      store(from, to, to.at);
      finish_step(s);
    }
  }
};

}  // namespace tapeless
