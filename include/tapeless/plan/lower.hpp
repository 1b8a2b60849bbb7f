#pragma once
// Turns groups of nodes into steps: loop nests with their accesses and straight-line programs.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/iota.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/plan/conflicts.hpp>
#include <tapeless/plan/loops.hpp>

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

/// The steps of a graph, in the order of their last nodes, in room for so many instructions.
template <int Steps, int Room>
struct lowered {
  static constexpr int step_room = Steps > 0 ? Steps : 1;
  step steps[step_room] = {};
  instruction code[Room] = {};
  access accesses[Room] = {};
  int step_count = 0, code_count = 0, access_count = 0;

  /// Whether there was not enough room; what is beyond was dropped.
  constexpr bool is_full() const { return code_count > Room || access_count > Room; }
};

/// Emits the steps of a grouped graph.
template <int Nodes, int Tensors, int Steps, int Room>
struct lowering : lowered<Steps, Room> {
  const graph_table<Nodes, Tensors>& g;
  const layouts<Nodes, Tensors>& where;
  const groups<Nodes>& in;

  using lowered<Steps, Room>::steps;
  using lowered<Steps, Room>::code;
  using lowered<Steps, Room>::accesses;
  using lowered<Steps, Room>::step_count;
  using lowered<Steps, Room>::code_count;
  using lowered<Steps, Room>::access_count;

  constexpr lowering(const graph_table<Nodes, Tensors>& graph,
                     const layouts<Nodes, Tensors>& layout, const groups<Nodes>& grouped)
      : g{graph}, where{layout}, in{grouped} {
    int head[Nodes + 1] = {}, next[Nodes + 1] = {};  // members of each group, ascending
    for (int i = Nodes - 1; i >= 0; --i)
      if (in.group[i] >= 0) {
        next[i + 1] = head[in.group[i]];
        head[in.group[i]] = i + 1;
      }
    for (int k = in.count - 1; k >= 0; --k) {
      if (g[in.root[k]].op->kind == family::join)
        emit_join(k);
      else if (g[in.root[k]].op->kind == family::rows || adds_rows(g[in.root[k]]))
        emit_rows(k, head[k], next);
      else
        emit_group(k, head[k], next);
    }
  }

 private:
  // The part being emitted: the prologue or the epilogue of a step.
  int memo[Nodes + 1] = {};   // register of a node in this part
  int stamp[Nodes + 1] = {};  // number of the part that `memo` is from
  int part_number = 0, part_begin = 0;
  int group = -1;
  zone part = zone::none;
  detail::loop_list loops;
  shape space;  // extents that the part ranges over
  detail::walker walker = detail::walker::result;

  constexpr void begin_part(zone z, const shape& over) {
    ++part_number;
    part_begin = code_count;
    part = z;
    space = over;
    walker = z == zone::prologue ? detail::walker::first_operand : detail::walker::result;
  }
  constexpr int push(const instruction& i) {
    if (code_count < Room) code[code_count] = i;
    return code_count++ - part_begin;
  }
  constexpr int push_access(const access& a) {
    if (access_count < Room) accesses[access_count] = a;
    return access_count++;
  }
  constexpr int remember(int id, int reg) {
    memo[id] = reg;
    stamp[id] = part_number;
    return reg;
  }

  /// Access to a located value, by the strides that the value has along the axes of the walker.
  constexpr access walk(const located& l, const strided& s, detail::walker w) const {
    access a;
    a.where = l.where;
    a.slot = l.slot;
    a.storage =
        l.in_memory && (l.where == place::arena || lies_as_parameter(l.where)) ? l.storage : -1;
    a.offset = s.offset;
    a.iteration = l.at.iteration;
    a.inner = l.at.inner;
    a.exact = l.exact;
    for (int i = 0; i < loops.count; ++i) a.stride[i] = detail::stride_along(s, loops.axis(i, w));
    return a;
  }

  /// Register that holds node `o` in the current part.
  constexpr int operand(int o) {
    if (stamp[o] == part_number) return memo[o];
    const node& n = g[o];
    if (n.op->kind == family::constant)
      return remember(o, push({.what = action::constant, .attr = n.attr}));
    if (n.op->kind == family::index) return remember(o, position(n));
    if (in.group[o] == group && in.part[o] == zone::reduction && part == zone::epilogue)
      return remember(o, push({.what = action::reduced}));
    if (in.part[o] == zone::everywhere && in.group[o] < 0) return remember(o, apply_node(n));
    const located& l = where.of[o];
    const int a = push_access(walk(l, detail::broadcast_strides(l.at, n.dims, space), walker));
    return remember(o, push({.what = action::load, .a = a}));
  }

  constexpr int apply_node(const node& n) {
    instruction i{.what = action::apply, .op = n.op, .attr = n.attr};
    if (n.op->arity > 0) i.a = operand(n.in[0]);
    if (n.op->arity > 1) i.b = operand(n.in[1]);
    if (n.op->arity > 2) i.c = operand(n.in[2]);
    return push(i);
  }

  /// Positions along an axis, or random numbers by the number of the element.
  constexpr int position(const node& n) {
    strided s;
    if (n.op->arity == 0) {
      s.stride[attributes_of<iota>(n).axis] = 1;
    } else {
      s = detail::row_major(n.dims, n.batched);
    }
    const int a = push_access(
        walk(located{.in_memory = false}, detail::broadcast_strides(s, n.dims, space), walker));
    if (n.op->arity == 0) return push({.what = action::position, .a = a});
    return push({.what = action::random,
                 .op = n.op,
                 .a = a,
                 .b = push_access(single(n.in[0])),
                 .c = push_access(single(n.in[1])),
                 .attr = n.attr});
  }
  /// Access to one number, which all elements share.
  constexpr access single(int o) const {
    return walk(where.of[o], strided{where.of[o].at.offset, 0, {}}, walker);
  }

  constexpr void store(int reg, const located& l, const strided& at) {
    access a = walk(l, at, detail::walker::result);
    a.stores = true;
    a.zero_tail = lies_as_parameter(l.where);
    const int to = push_access(a);
    push({.what = action::store, .a = reg, .b = to});
  }

  constexpr step begin_step(int root) {
    step s;
    s.root = root;
    s.scan = g[root].scan;
    s.trips = g[root].trips;
    s.inner = g[root].inner;
    s.inner_trips = g[root].inner_trips;
    s.code_begin = code_count;
    s.access_begin = access_count;
    return s;
  }
  constexpr void finish_step(step& s) {
    s.code_end = code_count;
    s.access_end = access_count;
    s.loops = loops.count;
    s.parallel = loops.parallel;
    for (int i = 0; i < loops.count; ++i) s.extent[i] = loops.loop[i].extent;
    steps[step_count++] = s;
  }

  constexpr void emit_group(int k, int first, const int* next) {
    group = k;
    const node& root = g[in.root[k]];
    step s = begin_step(in.root[k]);
    if (const int r = in.reduction_node[k]; r >= 0)
      emit_prologue(s, g[r], first, next);
    else
      loops = detail::loops_of_elements(root.dims, root.batched, g.batch, where.of[in.root[k]].at);
    s.middle = code_count;
    begin_part(zone::epilogue, root.dims);
    for (int i = first; i != 0; i = next[i])
      if (in.part[i - 1] == zone::epilogue && g[i - 1].op->kind != family::assign)
        remember(i - 1, apply_node(g[i - 1]));
    emit_stores(first, next);
    finish_step(s);
  }

  /// Values are read before anything is stored: a store may overwrite what was read.
  constexpr void emit_stores(int first, const int* next) {
    for (int i = first; i != 0; i = next[i])
      if (g[i - 1].op->kind == family::assign) operand(g[i - 1].in[0]);
    for (int i = first; i != 0; i = next[i]) {
      const int id = i - 1;
      if (g[id].op->kind == family::assign)
        store(operand(g[id].in[0]), where.of[id], where.of[id].at);
      else if (in.stored[id])
        store(operand(id), where.of[id], where.of[id].at);
    }
  }

  constexpr void emit_prologue(step& s, const node& n, int first, const int* next) {
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
      for (int i = first; i != 0; i = next[i])
        if (in.part[i - 1] == zone::prologue) remember(i - 1, apply_node(g[i - 1]));
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
  constexpr void emit_rows(int k, int first, const int* next) {
    group = k;
    const int id = in.root[k];
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
    strided by = where.of[index].at;
    for (int i = g[index].dims.rank; i < max_rank; ++i) by.stride[i] = 0;
    s.index = push_access(walk(where.of[index], by, walker)) - s.access_begin;
    // The same element of every row, as the loops walk.
    strided at{from.at.offset, from.at.batch, {}, from.at.iteration, from.at.inner};
    for (int i = 0; i < lead; ++i) at.stride[i] = from.at.stride[i];
    at.stride[over.rank - 1] = from.at.stride[lead + 1];
    int row = -1;
    if (adds)
      for (int i = first; i != 0; i = next[i])
        if (i - 1 != id) remember(i - 1, apply_node(g[i - 1]));
    const int x = adds ? operand(rows) : -1;
    row = push({.what = action::load, .a = push_access(walk(from, at, walker))});
    accesses_by_row();
    if (adds) {
      const int sum = push({.what = action::apply, .op = &description<add>, .a = row, .b = x});
      store(sum, from, at);
      accesses_by_row();
    } else {
      store(row, where.of[id], where.of[id].at);
    }
    finish_step(s);
  }
  constexpr void accesses_by_row() {
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

  /// Every block of a join is a step that copies an operand, or a number, to its part of the result.
  constexpr void emit_join(int k) {
    group = k;
    const int id = in.root[k];
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
      const int from = block.operand >= 0
                           ? operand(n.in[block.operand])
                           : push({.what = action::constant,
                                   .attr = pack(constant_attributes{layout.number})});
      store(from, to, to.at);
      finish_step(s);
    }
  }
};

}  // namespace tapeless
