#pragma once
// Emits the parts of steps: instructions, registers and accesses of a prologue or an epilogue.

#include <tapeless/ops/iota.hpp>
#include <tapeless/plan/conflicts.hpp>
#include <tapeless/plan/loops.hpp>

namespace tapeless {

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

/// What emits the parts of one step after another.
template <int Nodes, int Tensors, int Steps, int Room>
struct emission : lowered<Steps, Room> {
  const graph_table<Nodes, Tensors>& g;
  const layouts<Nodes, Tensors>& where;
  const groups<Nodes>& in;

  using lowered<Steps, Room>::steps;
  using lowered<Steps, Room>::code;
  using lowered<Steps, Room>::accesses;
  using lowered<Steps, Room>::step_count;
  using lowered<Steps, Room>::code_count;
  using lowered<Steps, Room>::access_count;

  constexpr emission(const graph_table<Nodes, Tensors>& graph,
                     const layouts<Nodes, Tensors>& layout, const groups<Nodes>& grouped)
      : g{graph}, where{layout}, in{grouped} {}

 protected:
  int group = -1;  // the group that is lowered
  // The part being emitted: the prologue or the epilogue of a step.
  int memo[Nodes + 1] = {};   // register of a node in this part
  int stamp[Nodes + 1] = {};  // number of the part that `memo` is from
  int part_number = 0, part_begin = 0;
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
};

}  // namespace tapeless
