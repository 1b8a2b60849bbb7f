#pragma once
// A finished graph as a constant.

#include <tapeless/graph/graph.hpp>

namespace tapeless {

/// Most nodes a graph may have, unless a network says otherwise by `static constexpr int
/// max_nodes`.
inline constexpr int default_max_nodes = 8192;

/// N values that belong to another constant.
template <class T, int N>
struct constant_list {
  const T* first = nullptr;

  constexpr const T& operator[](int i) const { return first[i]; }
  constexpr const T* begin() const { return first; }
  constexpr const T* end() const { return first + N; }
};

/// A graph that no longer changes: every stage of the compiler reads one and makes the next. It
/// looks at the constant that a stage built, and copies nothing.
template <int Nodes, int Tensors>
struct graph_table {
  static constexpr int node_count = Nodes;
  static constexpr int tensor_count = Tensors;
  constant_list<node, Nodes> nodes;
  constant_list<tensor, Tensors> tensors;
  int results[graph::max_results] = {};
  int result_count = 0;
  int batch = 1;
  bool training = false;
  bool weighted = false;
  bool crosses_samples = false;
  int random_count = 0;
  int scan_count = 0;
  diagnosis error;

  constexpr const node& operator[](int id) const { return nodes.first[id]; }
  constexpr const node& result(int i = 0) const { return nodes.first[results[i]]; }
  constexpr int find(std::string_view name, place where) const {
    return detail::find_tensor(tensors.first, Tensors, name, where);
  }
};

/// Whether scans of a graph stand in the bodies of others.
template <int Nodes, int Tensors>
constexpr bool has_inner_scans(const graph_table<Nodes, Tensors>& g) {
  for (int i = 0; i < Nodes && g.scan_count > 0; ++i)
    if (g[i].inner != 0) return true;
  return false;
}

/// Puts everything of a finished graph but its nodes and results into an empty builder.
template <int Nodes, int Tensors>
constexpr void load_frame(graph& g, const graph_table<Nodes, Tensors>& from) {
  for (int i = 0; i < Tensors && g.tensor_count < g.tensor_capacity; ++i)
    g.tensors[g.tensor_count++] = from.tensors[i];
  if (g.tensor_count < Tensors)
    g.fail(problem::too_many_tensors, {}, shape{Tensors}, shape{g.tensor_capacity});
  g.batch = from.batch;
  g.training = from.training;
  g.weighted = from.weighted;
  g.crosses_samples = from.crosses_samples;
  g.random_count = from.random_count;
  g.scan_count = from.scan_count;
  if (from.error.what != problem::none) g.error = from.error;
}

/// Puts a finished graph into an empty builder.
template <int Nodes, int Tensors>
constexpr void load(graph& g, const graph_table<Nodes, Tensors>& from) {
  load_frame(g, from);
  for (int i = 0; i < Nodes; ++i) g.append(from.nodes[i]);
  for (int i = 0; i < from.result_count; ++i) g.results[i] = from.results[i];
  g.result_count = from.result_count;
}

/// The same without what the graph stores.
template <int Nodes, int Tensors>
constexpr void load_without_stores(graph& g, const graph_table<Nodes, Tensors>& from) {
  load_frame(g, from);
  int map[Nodes > 0 ? Nodes : 1] = {};
  for (int i = 0; i < Nodes; ++i) {
    node own = from.nodes[i];
    if (own.op->kind == family::assign) continue;
    for (int k = 0; k < own.op->arity; ++k) own.in[k] = map[own.in[k]];
    map[i] = g.append(own).id;
    if (own.op->kind == family::tensor) g.tensors[tensor_of(own)].node = map[i];
  }
  for (int i = 0; i < from.result_count; ++i) g.results[i] = map[from.results[i]];
  g.result_count = from.result_count;
}

namespace detail {

template <int Capacity>
struct graph_storage {
  static constexpr int tensor_capacity = Capacity < 256 ? Capacity : 128 + Capacity / 2;
  node nodes[Capacity] = {};
  tensor tensors[tensor_capacity] = {};
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

/// What a stage builds in room for Capacity nodes. A constant of its own, evaluated once.
template <int Capacity>
struct attempted {
  graph_storage<Capacity> storage{};
  int nodes = 0, tensors = 0;
  int results[graph::max_results] = {};
  int result_count = 0;
  int batch = 1;
  bool training = false;
  bool weighted = false;
  bool crosses_samples = false;
  int random_count = 0;
  int scan_count = 0;
  bool full = false;
  diagnosis error;
};

template <class Stage, int Capacity>
inline constexpr attempted<Capacity> attempt = []() consteval {
  attempted<Capacity> a;
  graph g = a.storage.open();
  Stage::build(g);
  a.nodes = g.count;
  a.tensors = g.tensor_count;
  for (int i = 0; i < g.result_count; ++i) a.results[i] = g.results[i];
  a.result_count = g.result_count;
  a.batch = g.batch;
  a.training = g.training;
  a.weighted = g.weighted;
  a.crosses_samples = g.crosses_samples;
  a.random_count = g.random_count;
  a.scan_count = g.scan_count;
  a.error = g.error;
  a.full = g.error.what == problem::too_many_nodes || g.error.what == problem::too_many_tensors;
  return a;
}
();

/// Room that holds what a stage builds: tries Capacity nodes, then four times as many, up to a
/// limit.
template <class Stage, int Capacity, int Limit>
consteval int capacity_for() {
  if constexpr (Capacity >= Limit)
    return Limit;
  else if constexpr (attempt<Stage, Capacity>.full)
    return capacity_for<Stage, Capacity * 4, Limit>();
  else
    return Capacity;
}

constexpr int power_of_two_from(int n) {
  int p = 1;
  while (p < n) p *= 2;
  return p;
}

template <class Stage>
consteval int first_capacity() {
  if constexpr (requires { Stage::expected_nodes; })
    return power_of_two_from(Stage::expected_nodes < 64 ? 64 : Stage::expected_nodes);
  else
    return 128;
}

}  // namespace detail

/// Runs `Stage::build(graph&)` in a constant expression and looks at what it built. Room for
/// `Stage::expected_nodes` is tried first if the stage has it: a failed attempt costs time.
template <class Stage, int MaxNodes = default_max_nodes>
consteval auto freeze() {
  constexpr int limit = detail::power_of_two_from(MaxNodes);
  constexpr int capacity = detail::capacity_for<Stage, detail::first_capacity<Stage>(), limit>();
  constexpr const auto& a = detail::attempt<Stage, capacity>;
  graph_table<a.nodes, a.tensors> t;
  t.nodes.first = a.storage.nodes;
  t.tensors.first = a.storage.tensors;
  for (int i = 0; i < a.result_count; ++i) t.results[i] = a.results[i];
  t.result_count = a.result_count;
  t.batch = a.batch;
  t.training = a.training;
  t.weighted = a.weighted;
  t.crosses_samples = a.crosses_samples;
  t.random_count = a.random_count;
  t.scan_count = a.scan_count;
  t.error = a.error;
  return t;
}

namespace detail {

/// The nodes and tensors of a table, without the room for more.
template <const auto& Table>
struct exact_storage {
  node nodes[Table.node_count > 0 ? Table.node_count : 1] = {};
  tensor tensors[Table.tensor_count > 0 ? Table.tensor_count : 1] = {};

  consteval exact_storage() {
    for (int i = 0; i < Table.node_count; ++i) nodes[i] = Table.nodes[i];
    for (int i = 0; i < Table.tensor_count; ++i) tensors[i] = Table.tensors[i];
  }
};
template <const auto& Table>
inline constexpr exact_storage<Table> exact{};

}  // namespace detail

/// The same graph in a constant of exactly its size, for tables that programs read at run time.
template <const auto& Table>
consteval auto freeze_exactly() {
  auto t = Table;
  t.nodes.first = detail::exact<Table>.nodes;
  t.tensors.first = detail::exact<Table>.tensors;
  return t;
}

}  // namespace tapeless
