#pragma once
// A finished graph as a constant of exactly the size it needs.

#include <tapeless/graph/graph.hpp>

namespace tapeless {

/// Most nodes a graph may have, unless a network says otherwise by `static constexpr int
/// max_nodes`.
inline constexpr int default_max_nodes = 8192;

/// A graph that no longer changes: every stage of the compiler reads one and makes the next.
template <int Nodes, int Tensors>
struct graph_table {
  static constexpr int node_count = Nodes;
  static constexpr int tensor_count = Tensors;
  node nodes[Nodes > 0 ? Nodes : 1] = {};
  tensor tensors[Tensors > 0 ? Tensors : 1] = {};
  int results[4] = {};
  int result_count = 0;
  int batch = 1;
  bool training = false;
  diagnosis error;

  constexpr const node& operator[](int id) const { return nodes[id]; }
  constexpr const node& result(int i = 0) const { return nodes[results[i]]; }
  constexpr int find(std::string_view name, place where) const {
    for (int i = 0; i < Tensors; ++i)
      if (tensors[i].where == where && tensors[i].name.view() == name) return i;
    return -1;
  }
};

/// Puts the nodes of a finished graph into an empty builder.
template <int Nodes, int Tensors>
constexpr void load(graph& g, const graph_table<Nodes, Tensors>& from) {
  for (int i = 0; i < Nodes; ++i) g.intern(from.nodes[i]);
  for (int i = 0; i < Tensors && g.tensor_count < g.tensor_capacity; ++i)
    g.tensors[g.tensor_count++] = from.tensors[i];
  for (int i = 0; i < from.result_count; ++i) g.results[i] = from.results[i];
  g.result_count = from.result_count;
  g.batch = from.batch;
  g.training = from.training;
  if (from.error.what != problem::none) g.error = from.error;
}

namespace detail {

struct graph_size {
  int nodes = 0, tensors = 0, capacity = 0;
};

template <int Capacity>
struct graph_storage {
  static constexpr int tensor_capacity = Capacity < 512 ? Capacity : 512;
  node nodes[Capacity];
  tensor tensors[tensor_capacity];
  int buckets[2 * Capacity] = {};

  constexpr graph open() {
    graph g;
    g.nodes = nodes;
    g.capacity = Capacity;
    g.tensors = tensors;
    g.tensor_capacity = tensor_capacity;
    g.buckets = buckets;
    g.bucket_count = 2 * Capacity;
    return g;
  }
};

/// The size of what a stage builds in room for Capacity nodes; a constant of its own.
template <class Stage, int Capacity>
inline constexpr graph_size attempt = []() consteval {
  graph_storage<Capacity> storage{};
  graph g = storage.open();
  Stage::build(g);
  const bool full =
      g.error.what == problem::too_many_nodes || g.error.what == problem::too_many_tensors;
  return graph_size{g.count, g.tensor_count, full ? 0 : Capacity};
}
();

/// Tries with room for Capacity nodes, then with eight times as many, up to a limit.
template <class Stage, int Capacity, int Limit>
consteval graph_size measure() {
  if constexpr (attempt<Stage, Capacity>.capacity > 0)
    return attempt<Stage, Capacity>;
  else if constexpr (Capacity < Limit)
    return measure<Stage, (Capacity * 8 < Limit ? Capacity * 8 : Limit), Limit>();
  else
    return {attempt<Stage, Capacity>.nodes, attempt<Stage, Capacity>.tensors, Capacity};
}

constexpr int power_of_two_from(int n) {
  int p = 1;
  while (p < n) p *= 2;
  return p;
}

}  // namespace detail

/// Runs `Stage::build(graph&)` in a constant expression and keeps what it built.
template <class Stage, int MaxNodes = default_max_nodes>
consteval auto freeze() {
  constexpr int limit = detail::power_of_two_from(MaxNodes);
  constexpr detail::graph_size size = detail::measure<Stage, (limit < 128 ? limit : 128), limit>();
  detail::graph_storage<size.capacity> storage{};
  graph g = storage.open();
  Stage::build(g);
  graph_table<size.nodes, size.tensors> t;
  for (int i = 0; i < size.nodes; ++i) t.nodes[i] = g.nodes[i];
  for (int i = 0; i < size.tensors; ++i) t.tensors[i] = g.tensors[i];
  for (int i = 0; i < g.result_count; ++i) t.results[i] = g.results[i];
  t.result_count = g.result_count;
  t.batch = g.batch;
  t.training = g.training;
  t.error = g.error;
  return t;
}

}  // namespace tapeless
