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

/// Hash of what the body of an elementwise operation computes: arguments of its template have no
/// other trace in a graph, and compilers print them differently.
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
consteval void hash_behaviours(hasher& to, std::integer_sequence<int, I...>) {
  const std::uint64_t all[] = {behaviour_of_node<Net, I>()..., 0};
  for (const std::uint64_t h : all) to.number(h);
}

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

/// Operations with their attributes, shapes and connections.
constexpr void hash_nodes(hasher& to, const node* nodes, int count) {
  for (int i = 0; i < count; ++i) {
    const node& n = nodes[i];
    to.text(n.op->name);
    for (int k = 0; k < n.op->arity; ++k) to.number(static_cast<std::uint64_t>(n.in[k] + 1));
    for (const std::uint64_t w : n.attr.word) to.number(w);
    to.dims(n.dims);
    to.number(n.batched);
    if (n.op->composite) hash_parts(to, nodes, n);
  }
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

/// Identifies a network: paths and shapes of its parameters, its operations with attributes and
/// what they compute, and their connections. Travels with saved weights and is compared when they
/// are loaded.
template <class Net>
inline constexpr std::uint64_t topology_hash = []() consteval {
  detail::hasher to;
  for (const parameter_info& p : detail::parameters_of<Net>) {
    to.text(p.name.view());
    to.dims(p.dims);
  }
  const auto& g = declared<Net>;
  constexpr int nodes = std::remove_cvref_t<decltype(g)>::node_count;
  detail::hash_nodes(to, g.nodes.first, nodes);
  detail::hash_behaviours<Net>(to, std::make_integer_sequence<int, nodes>{});
  to.number(static_cast<std::uint64_t>(g.results[0]));
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
