#pragma once
// Prunes a graph to what its stores and results need, and writes composite operations out.

#include <tapeless/graph/table.hpp>
#include <tapeless/ops/write_back.hpp>

namespace tapeless {

/// A node of another graph, its operands mapped to this one's: what has been simplified over there
/// needs no second time.
constexpr value add_mapped(graph& g, const node& n, const int* map) {
  node own = n;
  for (int k = 0; k < n.op->arity; ++k) own.in[k] = map[n.in[k]];
  return g.intern(own);
}

/// Copies the live part of a finished graph into an empty builder. Composite operations become the
/// elementwise, reduction and contraction nodes they stand for; equal parts are shared.
template <int Nodes, int Tensors>
constexpr void rebuild(graph& g, const graph_table<Nodes, Tensors>& from) {
  bool live[Nodes > 0 ? Nodes : 1] = {};
  for (int i = 0; i < from.result_count; ++i) live[from.results[i]] = true;
  for (int i = Nodes - 1; i >= 0; --i) {
    if (from[i].op->kind == family::assign) live[i] = true;
    if (live[i])
      for (int k = 0; k < from[i].op->arity; ++k) live[from[i].in[k]] = true;
  }
  load_frame(g, from);
  int map[Nodes > 0 ? Nodes : 1] = {};
  bool written_out[Nodes > 0 ? Nodes : 1] = {};  // it, or what it is computed from
  for (int i = 0; i < Nodes && !g.failed(); ++i) {
    if (!live[i]) continue;
    const node& n = from[i];
    written_out[i] = n.op->composite;
    for (int k = 0; k < n.op->arity; ++k) written_out[i] = written_out[i] || written_out[n.in[k]];
    value v;
    if (!written_out[i]) {
      v = add_mapped(g, n, map);
    } else {
      value in[max_operands];
      for (int k = 0; k < n.op->arity; ++k) in[k] = value{g, map[n.in[k]]};
      v = n.op->composite ? n.op->decompose(g, in, n.attr) : g.add(n.op, in, n.attr);
    }
    map[i] = v.id;
    if (n.op->kind == family::tensor) g.tensors[tensor_of(n)].node = v.id;
  }
  for (int i = 0; i < from.result_count; ++i) g.results[i] = map[from.results[i]];
  g.result_count = from.result_count;
}

}  // namespace tapeless
