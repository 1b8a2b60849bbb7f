#pragma once
// Prunes a graph to what its stores and results need, and writes composite operations out.

#include <tapeless/graph/table.hpp>
#include <tapeless/ops/write_back.hpp>
#include <tapeless/transform/hoist.hpp>

namespace tapeless {

/// A node of another graph, its operands mapped to this one's: what has been simplified over there
/// needs no second time.
constexpr value add_mapped(graph& g, const node& n, const int* map) {
  node own = n;
  for (int k = 0; k < n.op->arity; ++k) own.in[k] = map[n.in[k]];
  return g.intern(own);
}

namespace detail {

/// The live part of a graph, with composite operations written out.
template <class From>
class pruned_copy {
 public:
  constexpr pruned_copy(graph& to, const From& from, int nodes, const int* results,
                        int result_count)
      : g{to},
        from_{from},
        nodes_{nodes},
        live_{new bool[static_cast<std::size_t>(nodes) + 1]{}},
        written_out_{new bool[static_cast<std::size_t>(nodes) + 1]{}},
        map_{new int[static_cast<std::size_t>(nodes) + 1]{}} {
    for (int i = 0; i < result_count; ++i) live_[results[i]] = true;
    while (mark_live()) {
    }
    for (int i = 0; i < nodes && !g.failed(); ++i)
      if (live_[i]) copy_node(i);
    for (int i = 0; i < result_count; ++i) g.results[i] = map_[results[i]];
    g.result_count = result_count;
  }
  constexpr ~pruned_copy() {
    delete[] live_;
    delete[] written_out_;
    delete[] map_;
  }
  pruned_copy(const pruned_copy&) = delete;
  pruned_copy& operator=(const pruned_copy&) = delete;

 private:
  graph& g;
  const From& from_;
  int nodes_;
  bool* live_;
  bool* written_out_;  // it, or what it is computed from
  int* map_;

  /// True if there is more to mark: a carried value needs its history, which comes after the value.
  constexpr bool mark_live() {
    for (int i = nodes_ - 1; i >= 0; --i) {
      const node& n = from_[i];
      if (n.op->kind == family::assign) live_[i] = true;
      if (live_[i])
        for (int k = 0; k < n.op->arity; ++k) live_[n.in[k]] = true;
    }
    if (from_.scan_count == 0) return false;
    bool again = false;
    for (int i = 0; i < nodes_; ++i) {
      const node& n = from_[i];
      if (n.op->kind == family::join && is<carried_history>(n.op) && live_[n.in[2]] && !live_[i])
        again = live_[i] = true;
    }
    return again;
  }

  constexpr void copy_node(int i) {
    const node& n = from_[i];
    written_out_[i] = n.op->composite;
    for (int k = 0; k < n.op->arity; ++k)
      written_out_[i] = written_out_[i] || written_out_[n.in[k]];
    value v;
    if (!written_out_[i]) {
      v = add_mapped(g, n, map_);
    } else {
      value in[max_operands];
      for (int k = 0; k < n.op->arity; ++k) in[k] = value{g, map_[n.in[k]]};
      v = n.op->composite ? n.op->decompose(g, in, n.attr) : g.add(n.op, in, n.attr);
    }
    map_[i] = v.id;
    if (n.op->kind == family::tensor) g.tensors[tensor_of(n)].node = v.id;
  }
};

/// A graph between two stages, with the frame of another one.
struct working_graph {
  graph g;

  constexpr working_graph(const graph& frame, int capacity) {
    g = frame;
    g.capacity = capacity;
    g.count = 0;
    g.bucket_count = 1;
    while (g.bucket_count < 2 * capacity) g.bucket_count *= 2;
    g.nodes = new node[static_cast<std::size_t>(capacity)]{};
    g.buckets = new int[static_cast<std::size_t>(g.bucket_count)]{};
  }
  constexpr ~working_graph() {
    delete[] g.nodes;
    delete[] g.buckets;
  }
  working_graph(const working_graph&) = delete;
  working_graph& operator=(const working_graph&) = delete;
};

/// Copies the live part of a finished graph into an empty builder, and what need not be computed
/// step by step out of these scans.
template <int Nodes, int Tensors>
constexpr void rebuild(graph& g, const graph_table<Nodes, Tensors>& from, hoisted_scans which) {
  load_frame(g, from);
  if (from.scan_count == 0) {
    pruned_copy{g, from, Nodes, from.results, from.result_count};
    return;
  }
  // Room that grows with the builder's: where a stage needs more, the builder gets more.
  working_graph all{g, 2 * g.capacity};
  pruned_copy{all.g, from, Nodes, from.results, from.result_count};
  working_graph outside{g, 2 * g.capacity};
  hoisting{outside.g, all.g, which}.run();
  // Hoisting leaves values that nothing needs any longer.
  if (!g.failed())
    pruned_copy{g, outside.g, outside.g.count, outside.g.results, outside.g.result_count};
  if (outside.g.failed()) g.error = outside.g.error;
  if (all.g.failed()) g.error = all.g.error;
}

}  // namespace detail

/// Copies the live part of a finished graph into an empty builder. Composite operations become the
/// elementwise, reduction and contraction nodes they stand for; equal parts are shared. What need
/// not be computed step by step leaves its scan.
template <int Nodes, int Tensors>
constexpr void rebuild(graph& g, const graph_table<Nodes, Tensors>& from) {
  detail::rebuild(g, from, detail::hoisted_scans::outer);
}

/// A graph on its way to be rebuilt: where scans stand in the bodies of others, what need not be
/// computed step by step has left these to the level of the outer ones. A stage of its own, since
/// compilers bound the work of one constant expression.
template <const auto& From, int Limit>
struct bodies_rebuilt {
  static constexpr int expected_nodes = From.node_count + From.node_count / 4 + 16;
  static consteval void build(graph& g) { detail::rebuild(g, From, detail::hoisted_scans::inner); }

  static consteval auto table() {
    if constexpr (has_inner_scans(From))
      return freeze<bodies_rebuilt, Limit>();
    else
      return From;
  }
};

}  // namespace tapeless
