#pragma once
// Work of a graph, counted on its nodes: the same on every machine, for every plan.

#include <tapeless/transform/interpret.hpp>

namespace tapeless {

namespace detail {

/// Floating-point operations of node i for the whole batch. A product of m x k by k x n counts
/// 2 m k n, a sum over n elements n, an elementwise operation its `flops` per element of the
/// result; leaves, views, copies and stores count nothing.
template <class Graph>
constexpr double flops_of_node(const Graph& g, int i) {
  const node& n = g[i];
  const auto elements = [&](const node& x) {
    return static_cast<double>(x.dims.count()) * (x.batched ? g.batch : 1);
  };
  if (n.op->kind == family::elementwise) return n.op->flops * elements(n);
  if (n.op->kind == family::reduction || (n.op->kind == family::rows && adds_rows(n)))
    return elements(g[n.in[0]]);
  if (n.op->kind == family::index && n.op->arity > 0) return n.op->flops * elements(n);
  if (n.op->kind != family::contraction) return 0;
  const contraction_loops l{n, g[n.in[0]], g[n.in[1]], g.batch};
  double products = 1;
  for (int k = 0; k < l.count; ++k) products *= l.loop[k].extent;
  return 2 * products;
}

/// The same for a node of any family; a composite counts the operations it stands for.
template <class Graph>
constexpr double flops_with_parts(const Graph& g, int i) {
  const node& n = g[i];
  if (!n.op->composite) return flops_of_node(g, i);
  graph_storage<256> storage{};
  graph parts = storage.open();
  parts.batch = g.batch;
  value in[max_operands];
  for (int k = 0; k < n.op->arity; ++k)
    in[k] = parts.leaf(path{"operand"}.join(k), place::input, g[n.in[k]].dims, g[n.in[k]].batched);
  n.op->decompose(parts, in, n.attr);
  double sum = 0;
  for (int k = 0; k < parts.count; ++k) sum += flops_of_node(parts, k);
  return sum;
}

}  // namespace detail

/// Floating-point operations of a graph without composite operations, for its whole batch.
template <int Nodes, int Tensors>
constexpr double flops_of(const graph_table<Nodes, Tensors>& g) {
  double sum = 0;
  for (int i = 0; i < Nodes; ++i)
    sum += detail::flops_of_node(g, i) * g[i].trips * g[i].inner_trips;
  return sum;
}

/// Scalars of all values that a graph computes, for its whole batch: what an evaluation that keeps
/// every intermediate result would store.
template <int Nodes, int Tensors>
constexpr long long computed_scalars(const graph_table<Nodes, Tensors>& g) {
  long long sum = 0;
  for (int i = 0; i < Nodes; ++i) {
    const family f = g[i].op->kind;
    if (f == family::tensor || f == family::constant || f == family::view || f == family::assign)
      continue;
    // What leaves its scan is computed for all iterations at once.
    sum += static_cast<long long>(g[i].dims.count()) * (g[i].batched ? g.batch : 1) * g[i].trips *
           g[i].inner_trips;
  }
  return sum;
}

}  // namespace tapeless
