#pragma once
// Finds, when a program starts, networks, losses, optimizers and operations of one name with two
// definitions: two sources of one program that each declare a global `struct net`. The linker keeps
// the functions of one of them for both. Where TAPELESS_CHECKS is 1.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <tapeless/core/config.hpp>
#include <tapeless/run/gradient.hpp>
#include <tapeless/run/topology.hpp>
#include <type_traits>
#include <utility>

namespace tapeless::detail {

/// The hash that the first source with a type of this name has noted; 0 before. Types in unnamed
/// namespaces are different types in each source, with a number each.
template <class Type>
inline std::uint64_t noted_hash = 0;

/// A loss on an output of one shape: what it computes depends on the shape.
template <class Loss, shape Output>
struct loss_on {
  using definition = Loss;
};

/// An operation of a user with these attributes, on operands of these shapes.
template <class Op, packed_attributes Words, shape A, shape B, shape C>
struct operation_on {
  using definition = Op;
};

/// A loss alone, behind an output.
template <class Loss, shape Output>
struct loss_alone {
  static consteval void build(graph& g) {
    check_loss<Loss>(g, Output);
    if (g.failed()) return;
    const value y = g.leaf("y", place::input, Output, true);
    const value t = g.leaf("target", place::target, target_shape<Loss>(Output), true);
    value l = Loss::lower(g, y, t);
    if (!l.recorded()) l = g.constant(l.literal);
    if (!g.failed()) g.yield(l);
  }
};
template <class Loss, shape Output>
inline constexpr auto loss_table = freeze<loss_alone<Loss, Output>>();

template <const auto& Table, int I>
consteval std::uint64_t behaviour_in() {
  constexpr const node& n = Table.nodes[I];
  if constexpr (n.op->kind == family::elementwise)
    return behaviour<n.op, n.attr>;
  else
    return 0;
}

/// What a loss computes on an output of this shape, its mean included; 0 where it cannot be lowered,
/// which has a sentence of its own.
template <class Loss, shape Output>
consteval std::uint64_t hash_of_loss() {
  constexpr const auto& t = loss_table<Loss, Output>;
  if constexpr (t.error.what != problem::none) {
    return 0;
  } else {
    hasher to;
    hash_nodes(to, t.nodes.first, t.node_count);
    [&]<int... I>(std::integer_sequence<int, I...>) {
      const std::uint64_t all[] = {behaviour_in<loss_table<Loss, Output>, I>()..., 0};
      for (const std::uint64_t h : all) to.number(h);
    }
    (std::make_integer_sequence<int, t.node_count>{});
    to.number(static_cast<std::uint64_t>(t.results[0]));
    to.value(Loss::terms(Output));
    to.number(is_summed<Loss>);
    return to.h;
  }
}

/// What an operation computes, and the graph of its derivative.
template <class Op, packed_attributes Words, shape A, shape B, shape C>
consteval std::uint64_t hash_of_operation() {
  constexpr const operation* op = &description<Op>;
  hasher to;
  graph_storage<256> storage{};
  graph g = storage.open();
  const shape dims[] = {A, B, C};
  value in[max_operands];
  for (int k = 0; k < op->arity; ++k)
    in[k] = g.leaf(path{"operand"}.join(k), place::input, dims[k], true);
  const value y = g.add(op, in, Words);
  if (!g.failed() && op->differentiable && same_operation(g[y.id].op, op)) {
    value dx[max_operands];
    op->backward(g, y.id, g.leaf("dy", place::target, y.dims(), true), dx);
    for (const value& d : dx) to.number(static_cast<std::uint64_t>(d.id + 1));
    for (const value& d : dx) to.value(d.literal);
  }
  hash_nodes(to, g.nodes, g.count);
  if constexpr (op->kind == family::elementwise) to.number(behaviour<op, Words>);
  return to.h;
}

/// The type as the compiler prints it.
template <class Type>
consteval const char* printed_name() {
  if constexpr (requires { typename Type::definition; })
    return printed_name<typename Type::definition>();
  else
    return __PRETTY_FUNCTION__;
}

/// Notes a hash, or ends the program where another one is noted.
TAPELESS_NATIVE inline bool note_definition(std::uint64_t& noted, std::uint64_t own,
                                            const char* name) noexcept {
  if (noted == 0) noted = own;
  if (noted == own) return true;
  std::fprintf(
      stderr,
      "Tapeless: two sources of this program define one type in two ways, and would run "
      "each other's code; put each into an unnamed namespace, or give them different names: "
      "%s\n",
      name);
  std::abort();
}

// One object per source, since it is static: its initializer, which is no function that sources
// share, holds the hash of this source's definition.
template <class Type, std::uint64_t Hash>
[[gnu::used]] static const bool is_one_definition = note_definition(noted_hash<Type>, Hash,
                                                                    printed_name<Type>());

template <const auto& Table, int Node, int Operand>
consteval shape operand_shape() {
  constexpr node n = Table.nodes[Node];
  // Elementwise bodies do not see shapes.
  if (n.op->kind == family::elementwise || Operand >= n.op->arity) return {};
  return Table.nodes[n.in[Operand < n.op->arity ? Operand : 0]].dims;
}

/// Has the operation of a node checked, if it is a user's: those of the library have a base.
template <const auto& Table, int Node>
TAPELESS_NATIVE constexpr void require_one_operation() noexcept {
  constexpr node n = Table.nodes[Node];
  if constexpr (n.op->kind != family::tensor && n.op->kind != family::constant) {
    using op = operation_type<n.op>;
    if constexpr (!std::is_base_of_v<operation_base, op>) {
      constexpr shape a = operand_shape<Table, Node, 0>(), b = operand_shape<Table, Node, 1>(),
                      c = operand_shape<Table, Node, 2>();
      [[maybe_unused]] const bool* const touched =
          &is_one_definition<operation_on<op, n.attr, a, b, c>,
                             hash_of_operation<op, n.attr, a, b, c>()>;
    }
  }
}
template <const auto& Table, int... I>
TAPELESS_NATIVE constexpr void require_one_operation_each(std::integer_sequence<int, I...>) noexcept {
  [[maybe_unused]] const int done[] = {(require_one_operation<Table, I>(), 0)..., 0};
}
template <const auto& Table>
TAPELESS_INLINE constexpr void require_one_operations() noexcept {
  require_one_operation_each<Table>(
      std::make_integer_sequence<int, std::remove_cvref_t<decltype(Table)>::node_count>{});
}

/// Has the type checked in this source, and the operations of the network.
template <class Net>
TAPELESS_INLINE constexpr void require_one_network() noexcept {
#if TAPELESS_CHECKS
  if (!__builtin_is_constant_evaluated()) {
    [[maybe_unused]] const bool* const touched = &is_one_definition<Net, topology_hash<Net>>;
    require_one_operations<declared_unchecked<Net>>();
  }
#endif
}
template <class Net, class Loss>
TAPELESS_INLINE constexpr void require_one_loss() noexcept {
#if TAPELESS_CHECKS
  if constexpr (whole_loss<Loss>)
    if (!__builtin_is_constant_evaluated()) {
      constexpr shape output = output_shape<Net>;
      [[maybe_unused]] const bool* const touched =
          &is_one_definition<loss_on<Loss, output>, hash_of_loss<Loss, output>()>;
      require_one_operations<loss_table<Loss, output>>();
    }
#endif
}
template <class Optimizer>
TAPELESS_INLINE constexpr void require_one_optimizer() noexcept {
#if TAPELESS_CHECKS
  if (!__builtin_is_constant_evaluated()) {
    [[maybe_unused]] const bool* const touched =
        &is_one_definition<Optimizer, optimizer_hash<Optimizer>>;
  }
#endif
}

}  // namespace tapeless::detail
