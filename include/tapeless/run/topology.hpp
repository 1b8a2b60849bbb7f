#pragma once
// Hashes that travel with saved files: of a network, of the layout of its parameters, of an
// optimizer. Equal on every compiler and instruction set.

#include <tapeless/run/parameters.hpp>
#include <tapeless/run/update.hpp>
#include <type_traits>
#include <utility>

namespace tapeless {

namespace detail {

/// A hash under construction.
struct hasher {
  std::uint64_t h = 14695981039346656037ull;

  constexpr void byte(unsigned b) { h = (h ^ (b & 255u)) * 1099511628211ull; }
  constexpr void number(std::uint64_t x) { h = mixed(h, x); }
  constexpr void text(std::string_view s) {
    for (const char c : s) byte(static_cast<unsigned char>(c));
    byte(0);
  }
  /// NaN has many forms; compilers differ in which one comes out.
  constexpr void value(double x) {
    number(x != x ? 0x7ff8000000000000ull : __builtin_bit_cast(std::uint64_t, x));
  }
  constexpr void dims(const shape& s) {
    number(static_cast<std::uint64_t>(s.rank));
    for (int i = 0; i < s.rank; ++i) number(static_cast<std::uint64_t>(s[i]));
  }
};

/// Arguments that operations are tried with: around 0, around 1, large, without symmetry.
inline constexpr double probes[] = {-300.5, -31.7, -4.3, -1.13, -0.61, -0.23, -0.02, 0.001, 0.03,
                                    0.29,   0.501, 0.83, 1.0,   1.71,  5.9,   47.3,  290.25};
inline constexpr int probe_count = sizeof(probes) / sizeof(probes[0]);

struct probe_arguments {
  double in[max_operands];
  constexpr explicit probe_arguments(int i)
      : in{probes[i % probe_count], probes[(5 * i + i / probe_count * 7 + 3) % probe_count],
           probes[(11 * i + i / probe_count * 2 + 6) % probe_count]} {}
};

/// Whether an operation has a value at a probe: overflow and the like are no constant expressions.
template <const operation* Op, packed_attributes Words, int I>
concept has_value_at = requires {
  typename std::bool_constant<(Op->evaluate_double(probe_arguments{I}.in, Words), true)>;
};
template <const operation* Op, packed_attributes Words, int I>
consteval double value_at() {
  if constexpr (has_value_at<Op, Words, I>)
    return Op->evaluate_double(probe_arguments{I}.in, Words);
  else
    return -0.0;
}

/// Hash of what the body of an elementwise operation computes: what is behind a name has no other
/// trace in a graph, but for numbers among the arguments of a template, and compilers print types
/// differently.
template <const operation* Op, packed_attributes Words>
inline constexpr std::uint64_t behaviour = []<int... I>(std::integer_sequence<int, I...>) {
  hasher to;
  const double values[] = {value_at<Op, Words, I>()...};
  for (const double v : values) to.value(v);
  return to.h;
}
(std::make_integer_sequence<int, (Op->arity > 1 ? 2 : 1) * probe_count>{});

template <class Net, int I>
consteval std::uint64_t behaviour_of_node() {
  constexpr const node& n = declared<Net>.nodes[I];
  if constexpr (n.op->kind == family::elementwise)
    return behaviour<n.op, n.attr>;
  else
    return 0;
}
template <class Net, int... I>
consteval void hash_behaviours(hasher& to, const int* order, int count,
                               std::integer_sequence<int, I...>) {
  const std::uint64_t all[] = {behaviour_of_node<Net, I>()..., 0};
  for (int i = 0; i < count; ++i) to.number(all[order[i]]);
}

/// The nodes that results need, operands first, and their numbers in that order. The numbers do not
/// depend on the order of declaration, nor on nodes that nothing needs.
template <int Count>
struct needed_nodes {
  int order[Count] = {};
  int number[Count] = {};  ///< from 1; 0 for what the results do not need
  int count = 0;

  constexpr needed_nodes(const node* nodes, const int* results, int result_count) {
    for (int i = 0; i < result_count; ++i) add(nodes, results[i]);
  }
  constexpr void add(const node* nodes, int result) {
    // No recursion: compilers limit its depth, and chains are long.
    int waiting[Count] = {result}, top = 1;
    while (top > 0) {
      const int id = waiting[top - 1];
      const int next = number[id] != 0 ? -1 : operand_without_number(nodes[id]);
      if (next >= 0) {
        waiting[top++] = next;
        continue;
      }
      --top;
      if (number[id] != 0) continue;
      order[count++] = id;
      number[id] = count;
    }
  }
  constexpr int operand_without_number(const node& n) const {
    for (int k = 0; k < n.op->arity; ++k)
      if (n.in[k] >= 0 && number[n.in[k]] == 0) return n.in[k];
    return -1;
  }
};

constexpr void hash_nodes(hasher& to, const node* nodes, int count);

/// What a composite operation stands for.
constexpr void hash_parts(hasher& to, const node* nodes, const node& n) {
  graph_storage<256> storage{};
  graph parts = storage.open();
  value in[max_operands];
  for (int k = 0; k < n.op->arity; ++k)
    in[k] = parts.leaf(path{"operand"}.join(k), place::input, nodes[n.in[k]].dims,
                       nodes[n.in[k]].batched);
  n.op->decompose(parts, in, n.attr);
  hash_nodes(to, parts.nodes, parts.count);
}

/// An operation with its attributes, its shape and what it stands for, but not its operands.
constexpr void hash_node(hasher& to, const node* nodes, const node& n) {
  to.text(n.op->name);
  if (n.op->arguments != 0) to.number(n.op->arguments);
  for (const std::uint64_t w : n.attr.word) to.number(w);
  to.dims(n.dims);
  // A constant of a declaration may be there once for all samples or for each: no difference.
  if (n.op->kind != family::constant) to.number(n.batched);
  if (n.op->composite) hash_parts(to, nodes, n);
}

/// All nodes with their operands, in the order of declaration.
constexpr void hash_nodes(hasher& to, const node* nodes, int count) {
  for (int i = 0; i < count; ++i) {
    for (int k = 0; k < nodes[i].op->arity; ++k)
      to.number(static_cast<std::uint64_t>(nodes[i].in[k] + 1));
    hash_node(to, nodes, nodes[i]);
  }
}

/// A leaf by the buffer that holds it, and its number among the tensors of that buffer.
constexpr void hash_leaf(hasher& to, const tensor* tensors, const node& n) {
  const int id = tensor_of(n);
  int before = 0;
  for (int i = 0; i < id; ++i) before += tensors[i].where == tensors[id].where;
  to.number(static_cast<std::uint64_t>(tensors[id].where));
  to.number(static_cast<std::uint64_t>(before));
  to.dims(n.dims);
  to.number(n.batched);
}

/// The formula of an optimizer on one number, and what it makes of its options over some steps.
template <class Optimizer>
consteval std::uint64_t hash_of_optimizer() {
  hasher to;
  graph_storage<256> storage{};
  graph g = storage.open();
  const value w = g.leaf("w", place::parameters, {}, false),
              d = g.leaf("g", place::target, {}, false);
  value state[max_states], scalar[max_scalars];
  for (int i = 0; i < Optimizer::states; ++i)
    state[i] = g.leaf("state", place::state, {}, false, i);
  for (int i = 0; i < Optimizer::scalars; ++i)
    scalar[i] = g.leaf("scalar", place::scalars, {}, false, i);
  const auto u = Optimizer::step(w, d, state, scalar);
  hash_nodes(to, g.nodes, g.count);
  to.number(static_cast<std::uint64_t>(u.w.id + 1));
  for (int i = 0; i < Optimizer::states; ++i)
    to.number(static_cast<std::uint64_t>(u.state[i].id + 1));
  to.number(Optimizer::states);
  const typename Optimizer::options options{};
  typename Optimizer::progress progress = {};
  for (int k = 0; k < 3; ++k) {
    double numbers[max_scalars] = {};
    Optimizer::advance(options, progress, numbers);
    for (int i = 0; i < Optimizer::scalars; ++i) to.value(numbers[i]);
  }
  return to.h;
}

}  // namespace detail

/// Identifies a network: paths and shapes of its parameters, shapes of its inputs, the operations
/// that its outputs need with attributes and what they compute, and their connections. The order
/// in which nodes were declared does not count, that of parameters and that of inputs does. Travels
/// with saved weights and is compared when they are loaded.
template <class Net>
inline constexpr std::uint64_t topology_hash = []() consteval {
  detail::hasher to;
  for (const parameter_info& p : detail::parameters_of<Net>) {
    to.text(p.name.view());
    to.dims(p.dims);
  }
  const auto& g = declared<Net>;
  for (const tensor& t : g.tensors)
    if (t.where == place::input) to.dims(t.dims);
  constexpr int nodes = std::remove_cvref_t<decltype(g)>::node_count;
  const detail::needed_nodes<nodes> needed{g.nodes.first, g.results, g.result_count};
  for (int i = 0; i < g.result_count && g.result_count > 1; ++i)  // which outputs, in which order
    to.number(static_cast<std::uint64_t>(needed.number[g.results[i]]));
  for (int i = 0; i < needed.count; ++i) {
    const node& n = g[needed.order[i]];
    for (int k = 0; k < n.op->arity; ++k)
      to.number(static_cast<std::uint64_t>(n.in[k] < 0 ? 0 : needed.number[n.in[k]]));
    if (n.op->kind == family::tensor)
      detail::hash_leaf(to, g.tensors.first, n);
    else
      detail::hash_node(to, g.nodes.first, n);
  }
  detail::hash_behaviours<Net>(to, needed.order, needed.count,
                               std::make_integer_sequence<int, nodes>{});
  return to.h;
}
();

/// Identifies where every element of the parameters lies in `parameters::data`.
template <class Net>
inline constexpr std::uint64_t packing_hash = [] {
  detail::hasher to;
  for (const parameter_info& p : detail::parameters_of<Net>) {
    to.text(p.name.view());
    to.dims(p.dims);
    to.number(static_cast<std::uint64_t>(p.at.offset));
    for (int i = 0; i < p.dims.rank; ++i) to.number(static_cast<std::uint64_t>(p.at.stride[i]));
  }
  to.number(static_cast<std::uint64_t>(detail::parameters_of<Net>.size));
  return to.h;
}();

/// Identifies an optimizer with its settings: not its options, which may change while training.
template <class Optimizer>
inline constexpr std::uint64_t optimizer_hash = detail::hash_of_optimizer<Optimizer>();

}  // namespace tapeless
