#pragma once
// Turns groups of nodes into steps: loop nests with their accesses and straight-line programs.

#include <tapeless/ops/mul.hpp>
#include <tapeless/plan/fuse.hpp>

namespace tapeless {

namespace detail {

inline constexpr int batch_axis = max_rank;

constexpr int stride_along(const strided& s, int axis) {
  return axis < 0 ? 0 : axis == batch_axis ? s.batch : s.stride[axis];
}

/// Axis of the first and second operand of a fold, and of the result, that a loop runs along.
struct loop_axes {
  int extent = 1, first = -1, second = -1, result = -1;
};

}  // namespace detail

/// The steps of a graph, in the order of their last nodes.
template <int Nodes>
struct lowered {
  static constexpr int room = 6 * Nodes + 64;
  step steps[2 * Nodes + 1] = {};
  instruction code[room] = {};
  access accesses[room] = {};
  int step_count = 0, code_count = 0, access_count = 0;
};

/// Emits the steps of a grouped graph.
template <int Nodes, int Tensors>
struct lowering : lowered<Nodes> {
  const graph_table<Nodes, Tensors>& g;
  const layouts<Nodes, Tensors>& where;
  const groups<Nodes>& in;

  using lowered<Nodes>::steps;
  using lowered<Nodes>::code;
  using lowered<Nodes>::accesses;
  using lowered<Nodes>::step_count;
  using lowered<Nodes>::code_count;
  using lowered<Nodes>::access_count;

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
        join(k);
      else
        emit(k, head[k], next);
    }
  }

 private:
  int memo[Nodes + 1] = {};   // register of a node in the part being emitted
  int stamp[Nodes + 1] = {};  // which part that was
  int part_id = 0, part_begin = 0;
  detail::loop_axes loops[max_loops + 4] = {};
  int loop_count = 0, kept = 0;
  shape space;  // extents that the part being emitted ranges over
  bool result_part = true;

  constexpr void begin_part(const shape& over, bool results) {
    ++part_id;
    part_begin = code_count;
    space = over;
    result_part = results;
  }
  constexpr int push(const instruction& i) {
    code[code_count] = i;
    return code_count++ - part_begin;
  }
  constexpr int push_access(const access& a) {
    accesses[access_count] = a;
    return access_count++;
  }
  constexpr int remember(int node_id, int reg) {
    memo[node_id] = reg;
    stamp[node_id] = part_id;
    return reg;
  }

  /// Access to a located value whose strides are already those of the part's space.
  constexpr access walk(const located& l, const strided& s, bool second = false) const {
    access a;
    a.where = l.where;
    a.slot = l.slot;
    a.value = l.where == place::arena || l.where == place::parameters ? l.storage : -1;
    a.offset = s.offset;
    a.guarded = l.guarded;
    for (int i = 0; i < loop_count; ++i)
      a.stride[i] = detail::stride_along(s, result_part ? loops[i].result
                                            : second    ? loops[i].second
                                                        : loops[i].first);
    return a;
  }

  /// Register that holds node `o` in the current part.
  constexpr int operand(int o, int group, zone z) {
    if (stamp[o] == part_id) return memo[o];
    const node& n = g[o];
    if (n.op->kind == family::constant)
      return remember(o, push({action::constant, nullptr, -1, -1, -1, n.attr}));
    if (n.op->kind == family::index) return remember(o, position(n));
    if (in.group[o] == group && in.part[o] == zone::fold && z == zone::after)
      return remember(o, push({.what = action::folded}));
    if (in.part[o] == zone::everywhere && in.group[o] < 0) {
      instruction i{action::apply, n.op, -1, -1, -1, n.attr};
      if (n.op->arity > 0) i.a = operand(n.in[0], group, z);
      if (n.op->arity > 1) i.b = operand(n.in[1], group, z);
      if (n.op->arity > 2) i.c = operand(n.in[2], group, z);
      return remember(o, push(i));
    }
    const located& l = where.of[o];
    const int a = push_access(walk(l, detail::broadcast_strides(l.at, n.dims, space)));
    return remember(o, push({.what = action::load, .a = a}));
  }

  constexpr int position(const node& n) {
    strided s = detail::row_major(n.dims, false);
    if (n.attr.index[5] >= 0) {  // along one axis
      s = strided{};
      s.stride[n.attr.index[5]] = 1;
    } else {
      s.batch = n.dims.count();
    }
    const int a =
        push_access(walk(located{.in_memory = false}, detail::broadcast_strides(s, n.dims, space)));
    if (n.op->arity == 0) return push({.what = action::position, .a = a});
    instruction i{.what = action::random, .op = n.op, .a = a, .attr = n.attr};
    i.b = push_access(walk(where.of[n.in[0]], strided{where.of[n.in[0]].at.offset, 0, {}}));
    i.c = push_access(walk(where.of[n.in[1]], strided{where.of[n.in[1]].at.offset, 0, {}}));
    return push(i);
  }

  constexpr void emit_member(int i, int group, zone z) {
    const node& n = g[i];
    instruction ins{action::apply, n.op, -1, -1, -1, n.attr};
    if (n.op->arity > 0) ins.a = operand(n.in[0], group, z);
    if (n.op->kind == family::assign) {
      store(ins.a, where.of[i]);
      return;
    }
    if (n.op->arity > 1) ins.b = operand(n.in[1], group, z);
    if (n.op->arity > 2) ins.c = operand(n.in[2], group, z);
    remember(i, push(ins));
  }

  constexpr void store(int reg, const located& l) {
    access a = walk(l, l.at);
    a.zero_tail =
        l.where == place::parameters || l.where == place::state || l.where == place::gradients;
    const int at = push_access(a);
    push({.what = action::store, .a = reg, .b = at});
  }

  constexpr void add_loop(int extent, int first, int second, int result) {
    loops[loop_count++] = {extent, first, second, result};
    if (result >= 0) kept = loop_count;
  }

  constexpr void loops_of_contraction(const node& n) {
    const node &left = g[n.in[0]], &right = g[n.in[1]];
    const axes a = axes::unpack(n.attr.index[0]), b = axes::unpack(n.attr.index[1]);
    const axes out = axes::unpack(n.attr.index[2]);
    const bool over_batch = left.batched || right.batched;
    const int fa = left.batched ? detail::batch_axis : -1,
              fb = right.batched ? detail::batch_axis : -1;
    if (over_batch && n.batched) add_loop(g.batch, fa, fb, detail::batch_axis);
    for (int i = 0; i < out.rank; ++i)
      add_loop(n.dims[i], a.find(out.label[i]), b.find(out.label[i]), i);
    if (over_batch && !n.batched) add_loop(g.batch, fa, fb, -1);
    for (int i = 0; i < a.rank; ++i)
      if (out.find(a.label[i]) < 0) add_loop(left.dims[i], i, b.find(a.label[i]), -1);
    for (int i = 0; i < b.rank; ++i)
      if (out.find(b.label[i]) < 0 && a.find(b.label[i]) < 0) add_loop(right.dims[i], -1, i, -1);
  }

  constexpr void loops_of_reduction(const node& n) {
    const node& x = g[n.in[0]];
    const bool over_batch = n.attr.index[2] != 0, keep = n.attr.index[1] != 0;
    if (x.batched && !over_batch) add_loop(g.batch, detail::batch_axis, -1, detail::batch_axis);
    int k = 0;
    for (int i = 0; i < x.dims.rank; ++i) {
      const bool gone = (n.attr.index[0] >> i & 1) != 0;
      if (!gone) add_loop(x.dims[i], i, -1, k);
      if (!gone || keep) ++k;
    }
    if (x.batched && over_batch) add_loop(g.batch, detail::batch_axis, -1, -1);
    for (int i = 0; i < x.dims.rank; ++i)
      if ((n.attr.index[0] >> i & 1) != 0) add_loop(x.dims[i], i, -1, -1);
  }

  constexpr void loops_of_elements(const node& n) {
    if (n.batched) add_loop(g.batch, -1, -1, detail::batch_axis);
    for (int i = 0; i < n.dims.rank; ++i) add_loop(n.dims[i], -1, -1, i);
  }

  constexpr void emit(int group, int first, const int* next) {
    step s;
    s.root = in.root[group];
    s.code_begin = code_count;
    s.access_begin = access_count;
    loop_count = kept = 0;
    const int f = in.fold_node[group];
    if (f >= 0) {
      const node& n = g[f];
      const bool product = n.op->kind == family::contraction;
      s.fold = product || n.attr.index[3] == 0 ? folding::sum
               : n.attr.index[3] == 1          ? folding::maximum
                                               : folding::maximum_of_numbers;
      if (product)
        loops_of_contraction(n);
      else
        loops_of_reduction(n);
      begin_part(g[n.in[0]].dims, false);
      if (product) {
        const int a = factor(n.in[0], false), b = factor(n.in[1], true);
        push({action::apply, &description<mul>, a, b, -1, {}});
      } else {
        for (int i = first; i != 0; i = next[i])
          if (in.part[i - 1] == zone::before) emit_member(i - 1, group, zone::before);
        const int element = operand(n.in[0], group, zone::before);
        if (element != code_count - 1 - part_begin)
          push({action::apply, &description<copy>, element, -1, -1, {}});
      }
    } else {
      loops_of_elements(g[s.root]);
    }
    s.middle = code_count;
    begin_part(g[s.root].dims, true);
    for (int i = first; i != 0; i = next[i]) {
      const int id = i - 1;
      if (in.part[id] == zone::after) emit_member(id, group, zone::after);
      if (in.stored[id]) store(operand(id, group, zone::after), where.of[id]);
    }
    finish(s);
  }

  /// One factor of a product; a constant is a number, everything else is in memory.
  constexpr int factor(int o, bool second) {
    const node& n = g[o];
    if (n.op->kind == family::constant)
      return push({action::constant, nullptr, -1, -1, -1, n.attr});
    return push(
        {.what = action::load, .a = push_access(walk(where.of[o], where.of[o].at, second))});
  }

  /// Both operands of a join are copied to their part of the result.
  constexpr void join(int group) {
    const int id = in.root[group];
    const node& n = g[id];
    const int axis = n.attr.index[0];
    int begin = 0;
    for (int k = 0; k < 2; ++k) {
      const node& o = g[n.in[k]];
      const int fill = n.attr.index[1 + k];
      const int size = fill > 0 ? fill : o.dims[axis];
      step s;
      s.root = id;
      s.code_begin = s.middle = code_count;
      s.access_begin = access_count;
      loop_count = kept = 0;
      node block = n;
      block.dims.extent[axis] = size;
      loops_of_elements(block);
      begin_part(block.dims, true);
      const int from = operand(n.in[k], group, zone::after);
      located to = where.of[id];
      to.at.offset += begin * to.at.stride[axis];
      to.guarded = true;
      store(from, to);
      finish(s);
      begin += size;
    }
  }

  constexpr void finish(step& s) {
    s.code_end = code_count;
    s.access_end = access_count;
    s.loops = loop_count;
    s.kept = kept;
    for (int i = 0; i < loop_count && i < max_loops; ++i) s.extent[i] = loops[i].extent;
    steps[step_count++] = s;
  }
};

}  // namespace tapeless
