#pragma once
// Prepares a graph for the kernels of one lane axis: copies where memory lies the wrong way.
// A reshape that no strides can say reads a compact copy.

#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/copy.hpp>
#include <tapeless/ops/reshape.hpp>
#include <tapeless/plan/layout.hpp>
#include <tapeless/plan/program.hpp>
#include <tapeless/transform/interpret.hpp>
#include <tapeless/transform/rebuild.hpp>

namespace tapeless {

/// Whether strides can say a reshape of node `id`, all storage being row-major.
constexpr bool reshapes_in_place(graph& g, int id, const shape& to) {
  const operation* chain[64] = {};
  int at[64] = {};
  int depth = 0, source = id;
  while (g[source].op->kind == family::view && depth < 64) {
    chain[depth] = g[source].op;
    at[depth++] = source;
    source = g[source].in[0];
  }
  const node& n = g[source];
  if (!n.batched && n.dims.rank == 2) return is<copy>(n.op) && n.attr.index[0] == without_padding;
  strided s = detail::row_major(n.dims, n.batched);
  while (depth-- > 0)
    if (!chain[depth]->view(g[g[at[depth]].in[0]].dims, g[at[depth]].dims, g[at[depth]].attr, s))
      return false;
  return reshape::view(g[id].dims, to, {}, s);
}

/// The operand of a weight's gradient, a sum over samples of outer products, that lanes over
/// outputs read sample by sample, or -1. It is turned once: that costs less than adding every
/// element of the gradient up across lanes.
template <int Nodes, int Tensors>
constexpr int operand_by_rows(const graph_table<Nodes, Tensors>& from, const node& n) {
  constexpr int worth_it = 16;
  const node &a = from[n.in[0]], &b = from[n.in[1]];
  if (n.batched || !a.batched || !b.batched || a.dims.rank != 1 || b.dims.rank != 1 ||
      n.dims.rank != 2 || n.dims[0] < worth_it || n.dims[1] < worth_it)
    return -1;
  const axes first = axes::unpack(n.attr.index[0]), out = axes::unpack(n.attr.index[2]);
  return first.label[0] == out.label[0] ? 0 : 1;
}

/// Whether `arrange` may have anything to insert.
template <int Nodes, int Tensors>
constexpr bool needs_arranging(const graph_table<Nodes, Tensors>& g, const target& on) {
  if (on.lanes == lane_axis::samples || g.batch >= on.costs.transpose_from_batch) return true;
  for (const node& n : g.nodes)
    if (is<reshape>(n.op)) return true;
  return false;
}

/// Appends a prepared copy of a pruned graph to an empty builder.
///
/// Lanes over samples: inputs come sample by sample and are turned once. Lanes over features: W^T
/// dy for a batch reads the rows of W as columns, so W is turned once.
template <int Nodes, int Tensors>
constexpr void arrange(graph& g, const graph_table<Nodes, Tensors>& from, const target& on) {
  g.batch = from.batch;
  g.training = from.training;
  for (int i = 0; i < Tensors && g.tensor_count < g.tensor_capacity; ++i)
    g.tensors[g.tensor_count++] = from.tensors[i];
  int map[Nodes > 0 ? Nodes : 1] = {};
  for (int i = 0; i < Nodes && !g.failed(); ++i) {
    node n = from[i];  // with the operands of the new graph
    for (int k = 0; k < n.op->arity; ++k) n.in[k] = map[n.in[k]];
    if (n.op->kind == family::contraction && on.lanes == lane_axis::features &&
        g.batch >= on.costs.transpose_from_batch)
      for (int k = 0; k < 2; ++k) {
        const node& w = from[from[i].in[k]];
        const axes own = axes::unpack(n.attr.index[k]), out = axes::unpack(n.attr.index[2]);
        const bool turned = w.op->kind == family::tensor && !w.batched && w.dims.rank == 2 &&
                            outputs_are_lanes(from.tensors[w.attr.index[0]]) &&
                            out.find(own.label[0]) < 0;
        if (turned) n.in[k] = apply<copy>(value{g, n.in[k]}).id;
      }
    if (n.op->kind == family::contraction && on.lanes == lane_axis::samples)
      if (const int k = operand_by_rows(from, from[i]); k >= 0) {
        attributes rows;
        rows.index[0] = sample_by_sample;
        n.in[k] = apply_with<copy>(rows, value{g, n.in[k]}).id;
      }
    if (is<reshape>(n.op) && !reshapes_in_place(g, n.in[0], n.dims)) {
      attributes compact;
      compact.index[0] = without_padding;
      n.in[0] = apply_with<copy>(compact, value{g, n.in[0]}).id;
    }
    value v = g.intern(n);  // copies change no shape and enable no simplification
    if (n.op->kind == family::tensor) {
      g.tensors[n.attr.index[0]].node = v.id;
      if (on.lanes == lane_axis::samples && n.batched && n.dims.count() > 1) v = apply<copy>(v);
    }
    map[i] = v.id;
  }
  for (int i = 0; i < from.result_count; ++i) g.results[i] = map[from.results[i]];
  g.result_count = from.result_count;
  if (from.error.what != problem::none) g.error = from.error;
}

}  // namespace tapeless
