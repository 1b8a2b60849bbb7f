#pragma once
// Hashes that travel with saved files: of a network, of the layout of its parameters, of an
// optimizer. Equal on every compiler and instruction set.

#include <tapeless/run/parameters.hpp>
#include <tapeless/run/update.hpp>

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
inline constexpr double probes[] = {-3e4, -31.7, -4.3,  -1.13, -0.61, -0.23, -0.02, 0.0,
                                    0.03, 0.29,  0.501, 0.83,  1.0,   1.71,  5.9,   47.3, 2.9e4};

/// What the body of an elementwise operation computes: arguments of its template have no other
/// trace, and compilers print them differently.
constexpr void hash_behaviour(hasher& to, const node& n) {
  if (n.op->evaluate_double == nullptr) return;
  constexpr int count = sizeof(probes) / sizeof(probes[0]);
  for (int i = 0; i < count; ++i)
    for (int j = 0; j < (n.op->arity > 1 ? 3 : 1); ++j) {
      const double in[max_operands] = {probes[i], probes[(5 * i + 7 * j + 3) % count],
                                       probes[(11 * i + 2 * j + 6) % count]};
      to.value(n.op->evaluate_double(in, n.attr));
    }
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

/// Operations with their attributes, shapes and connections. Each operation is tried once.
constexpr void hash_nodes(hasher& to, const node* nodes, int count) {
  constexpr int room = 64;
  int tried[room] = {}, tried_count = 0;
  for (int i = 0; i < count; ++i) {
    const node& n = nodes[i];
    to.text(n.op->name);
    for (int k = 0; k < n.op->arity; ++k) to.number(static_cast<std::uint64_t>(n.in[k] + 1));
    for (const std::uint64_t w : n.attr.word) to.number(w);
    to.dims(n.dims);
    to.number(n.batched);
    bool known = false;
    for (int t = 0; t < tried_count && !known; ++t)
      known = same_operation(nodes[tried[t]].op, n.op) && nodes[tried[t]].attr == n.attr;
    if (known) continue;
    if (tried_count < room) tried[tried_count++] = i;
    hash_behaviour(to, n);
    if (n.op->composite) hash_parts(to, nodes, n);
  }
}

/// The formula of an optimizer on one number, and what it makes of its options over some steps.
template <class Optimizer>
consteval std::uint64_t hash_of_optimizer() {
  hasher to;
  graph_storage<256> storage{};
  graph g = storage.open();
  const value w = g.leaf("w", place::parameters, {}, false), d = g.leaf("g", place::target, {}, false);
  value state[max_states], scalar[max_scalars];
  for (int i = 0; i < Optimizer::states; ++i) state[i] = g.leaf("state", place::state, {}, false, i);
  for (int i = 0; i < Optimizer::scalars; ++i)
    scalar[i] = g.leaf("scalar", place::scalars, {}, false, i);
  const auto u = Optimizer::step(w, d, state, scalar);
  hash_nodes(to, g.nodes, g.count);
  to.number(static_cast<std::uint64_t>(u.w.id + 1));
  for (int i = 0; i < Optimizer::states; ++i) to.number(static_cast<std::uint64_t>(u.state[i].id + 1));
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
/// template arguments, and their connections. Travels with saved weights and is compared when they
/// are loaded.
template <class Net>
inline constexpr std::uint64_t topology_hash = [] {
  detail::hasher to;
  for (const parameter_info& p : detail::parameters_of<Net>) {
    to.text(p.name.view());
    to.dims(p.dims);
  }
  const auto& g = declared<Net>;
  detail::hash_nodes(to, g.nodes.first, std::remove_cvref_t<decltype(g)>::node_count);
  to.number(static_cast<std::uint64_t>(g.results[0]));
  return to.h;
}();

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
