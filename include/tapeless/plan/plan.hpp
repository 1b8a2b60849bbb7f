#pragma once
// From a prepared graph to the program that kernels execute: group, lower, order, place.

#include <tapeless/plan/arena.hpp>
#include <tapeless/plan/lower.hpp>

namespace tapeless {

namespace detail {

constexpr bool same_instruction(const instruction& a, const instruction& b) {
  return a.what == b.what && a.op == b.op && a.a == b.a && a.b == b.b && a.c == b.c &&
         a.attr == b.attr;
}

/// Equality of everything a kernel is made from; where its operands lie does not matter.
template <class Lowered>
constexpr bool same_nest(const Lowered& l, const step& a, const step& b) {
  if (a.loops != b.loops || a.kept != b.kept || a.fold != b.fold || a.lane_in != b.lane_in ||
      a.lane_out != b.lane_out || a.code_end - a.code_begin != b.code_end - b.code_begin ||
      a.middle - a.code_begin != b.middle - b.code_begin ||
      a.access_end - a.access_begin != b.access_end - b.access_begin)
    return false;
  for (int i = 0; i < a.loops; ++i)
    if (a.extent[i] != b.extent[i]) return false;
  for (int i = 0; i < a.access_end - a.access_begin; ++i) {
    const access &x = l.accesses[a.access_begin + i], &y = l.accesses[b.access_begin + i];
    if (x.guarded != y.guarded || x.zero_tail != y.zero_tail) return false;
    for (int k = 0; k < a.loops; ++k)
      if (x.stride[k] != y.stride[k]) return false;
  }
  for (int i = 0; i < a.code_end - a.code_begin; ++i)
    if (!same_instruction(l.code[a.code_begin + i], l.code[b.code_begin + i])) return false;
  return true;
}

/// Equality but for extents and strides, of which only the one along the lanes and whether there is
/// one at all matter.
template <class Lowered>
constexpr bool same_kind(const Lowered& l, const step& a, const step& b) {
  if (a.loops != b.loops || a.kept != b.kept || a.fold != b.fold || a.lane_in != b.lane_in ||
      a.lane_out != b.lane_out || a.width_in != b.width_in || a.width_out != b.width_out ||
      a.row != b.row || a.code_end - a.code_begin != b.code_end - b.code_begin ||
      a.middle - a.code_begin != b.middle - b.code_begin ||
      a.access_end - a.access_begin != b.access_end - b.access_begin)
    return false;
  auto kind = [](int stride) { return stride == 0 ? 0 : stride == 1 ? 1 : 2; };
  for (int i = 0; i < a.access_end - a.access_begin; ++i) {
    const access &x = l.accesses[a.access_begin + i], &y = l.accesses[b.access_begin + i];
    if (x.guarded != y.guarded || x.zero_tail != y.zero_tail) return false;
    for (int k = 0; k < a.loops; ++k)
      if ((k == a.lane_in || k == a.lane_out) && kind(x.stride[k]) != kind(y.stride[k])) return false;
  }
  for (int i = 0; i < a.code_end - a.code_begin; ++i)
    if (!same_instruction(l.code[a.code_begin + i], l.code[b.code_begin + i])) return false;
  return true;
}

template <class Lowered>
constexpr unsigned hash_nest(const Lowered& l, const step& s) {
  unsigned h = static_cast<unsigned>(s.loops * 131 + s.code_end - s.code_begin);
  for (int i = 0; i < s.loops; ++i) h = h * 31 + static_cast<unsigned>(s.extent[i]);
  for (int i = s.access_begin; i < s.access_end; ++i)
    for (int k = 0; k < s.loops; ++k)
      h = h * 33 + static_cast<unsigned>(l.accesses[i].stride[k]);
  return h ^ h >> 15;
}

/// The steps of a lowered graph in the order of execution, and the arena.
///
/// Groups run in the order of their last nodes. An update of parameters runs as soon as everything
/// it reads is there and nobody needs the old values any more.
template <int Nodes, int Tensors>
struct planned {
  layouts<Nodes, Tensors> where;
  groups<Nodes> fused;
  lowering<Nodes, Tensors> low;
  int order[2 * Nodes + 1] = {};
  lifetime life[Nodes + 1] = {};
  memory_plan memory;
  int kernels = 0;

  constexpr planned(const graph_table<Nodes, Tensors>& g, const target& on)
      : where{g, on, parameter_offsets(g)}, fused{g}, low{g, where, fused, on} {
    schedule(g);
    place_values();
    share_kernels();
  }

 private:
  constexpr void schedule(const graph_table<Nodes, Tensors>& g) {
    int writer[Nodes + 1] = {}, reader[Tensors + 1] = {}, ready[2 * Nodes + 1] = {};
    int waiting[2 * Nodes + 2] = {}, next[2 * Nodes + 1] = {};  // updates by the step they wait for
    for (int i = 0; i < Nodes; ++i) writer[i] = -1;
    for (int s = 0; s < low.step_count; ++s)
      if (!is_update(g, s)) writer[low.steps[s].root] = s;
    for (int s = 0; s < low.step_count; ++s)
      for (int a = low.steps[s].access_begin; a < low.steps[s].access_end; ++a)
        if (const access& x = low.accesses[a]; x.where == place::parameters && !is_update(g, s))
          reader[x.value] = s;
    for (int s = low.step_count - 1; s >= 0; --s) {
      if (!is_update(g, s)) continue;
      for (int a = low.steps[s].access_begin; a < low.steps[s].access_end; ++a) {
        const access& x = low.accesses[a];
        int after = 0;
        if (x.where == place::parameters) after = reader[x.value];
        else if (x.where == place::arena && x.value >= 0) after = writer[x.value];
        if (after > ready[s]) ready[s] = after;
      }
      next[s] = waiting[ready[s]];
      waiting[ready[s]] = s + 1;
    }
    int n = 0;
    for (int s = 0; s < low.step_count; ++s) {
      if (!is_update(g, s)) order[n++] = s;
      for (int u = waiting[s]; u != 0; u = next[u - 1]) order[n++] = u - 1;
    }
  }

  constexpr bool is_update(const graph_table<Nodes, Tensors>& g, int s) const {
    const node& n = g[low.steps[s].root];
    return n.op->kind == family::assign && n.attr.index[2] >= 0;
  }

  constexpr void place_values() {
    int by_first[Nodes + 1] = {}, count = 0;
    for (int k = 0; k < low.step_count; ++k) {
      const step& s = low.steps[order[k]];
      for (int a = s.access_begin; a < s.access_end; ++a) {
        const int v = low.accesses[a].value;
        if (low.accesses[a].where != place::arena || v < 0) continue;
        if (life[v].last < 0) {
          life[v].first = k;
          life[v].size = where.size[v];
          by_first[count++] = v;
        }
        life[v].last = k;
      }
    }
    memory = assign_offsets(life, by_first, count);
    for (int a = 0; a < low.access_count; ++a)
      if (low.accesses[a].where == place::arena && low.accesses[a].value >= 0)
        low.accesses[a].offset += life[low.accesses[a].value].offset;
  }

  constexpr void share_kernels() {
    constexpr int buckets = 512;
    int first[buckets] = {}, next[2 * Nodes + 1] = {};
    int kind_first[buckets] = {}, kind_next[2 * Nodes + 1] = {};
    for (int k = 0; k < low.step_count; ++k) {
      step& s = low.steps[order[k]];
      int& head = first[hash_nest(low, s) % buckets];
      s.same_as = k;
      for (int o = head; o != 0; o = next[o - 1])
        if (same_nest(low, s, low.steps[order[o - 1]])) {
          s.same_as = o - 1;
          break;
        }
      if (s.same_as == k) {
        next[k] = head;
        head = k + 1;
        ++kernels;
      }
      int& kind_head = kind_first[(s.loops * 64 + s.code_end - s.code_begin + s.width_in * 7) % buckets];
      s.kind_as = k;
      for (int o = kind_head; o != 0; o = kind_next[o - 1])
        if (same_kind(low, s, low.steps[order[o - 1]])) {
          s.kind_as = o - 1;
          break;
        }
      if (s.kind_as == k) {
        kind_next[k] = kind_head;
        kind_head = k + 1;
      }
    }
  }
};

}  // namespace detail

/// The program of a prepared graph on a target.
template <const auto& Graph, target On>
consteval auto make_program() {
  constexpr int nodes = std::remove_cvref_t<decltype(Graph)>::node_count;
  constexpr int tensors = std::remove_cvref_t<decltype(Graph)>::tensor_count;
  struct counts {
    int steps, code, accesses;
  };
  constexpr counts size = [] {
    const detail::planned<nodes, tensors> p{Graph, On};
    return counts{p.low.step_count, p.low.code_count, p.low.access_count};
  }();
  const detail::planned<nodes, tensors> p{Graph, On};
  program<size.steps, size.code, size.accesses> r;
  for (int k = 0; k < size.steps; ++k) {
    r.steps[k] = p.low.steps[p.order[k]];
    r.flops += r.steps[k].flops;
    r.vector_operations += r.steps[k].vector_operations;
  }
  for (int i = 0; i < size.code; ++i) r.code[i] = p.low.code[i];
  for (int i = 0; i < size.accesses; ++i) r.accesses[i] = p.low.accesses[i];
  r.memory = p.memory;
  r.kernels = p.kernels;
  r.on = On;
  return r;
}

}  // namespace tapeless
