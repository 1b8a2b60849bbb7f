#pragma once
// Decides which nodes one kernel computes together.

#include <tapeless/ops/add.hpp>
#include <tapeless/ops/mul.hpp>
#include <tapeless/ops/neg.hpp>
#include <tapeless/ops/sub.hpp>
#include <tapeless/plan/layout.hpp>

namespace tapeless {

/// Longest program of one kernel: beyond it compilers slow down and spill.
inline constexpr int max_group_members = 40;

/// Part of a group that a node belongs to.
enum class zone : std::uint8_t {
  none,        ///< leaf or view: not computed
  everywhere,  ///< cheap and built from what lies in memory: recomputed wherever it is used
  prologue,    ///< part of the element that the group reduces
  reduction,   ///< the group's reduction or contraction
  epilogue,    ///< computed on the group's results
};

/// Groups of nodes, one per kernel call. Values inside a group stay in registers.
///
/// One pass from the last node to the first. An elementwise node joins its users if all of them are
/// in one group and range over the same elements; a contraction or reduction becomes the reduction
/// of its users' group under the same condition, which is how bias, activation, the activation's
/// derivative and the weight update end up in a matrix product's epilogue. Since every user is
/// inside, no path can leave a group and come back.
///
/// Where users are in several groups, a value is stored once and read by each of them. A cheap one
/// that is made of one stored value and of broadcast ones is not: reading that value costs as much.
///
/// Rows by index are a group of their own: what gives rows to add joins the group, a reduction and
/// what uses rows do not.
///
/// A store that is `staged` joins nothing: the stored value goes through the arena.
template <int Nodes>
struct groups {
  static constexpr int room = Nodes > 0 ? Nodes : 1;
  int group[room] = {};  ///< group of a node, -1 if none
  zone part[room] = {};
  bool stored[room] = {};         ///< written to the arena
  int root[room] = {};            ///< per group: its last node
  int reduction_node[room] = {};  ///< per group: its reduction or contraction, -1 if none
  int count = 0;

  template <int Tensors>
  constexpr void form(const graph_table<Nodes, Tensors>& g, const bool* staged) {
    users<Tensors> u{g};
    int store_group[Tensors > 0 ? Tensors : 1] = {};  // group of a parameter's stores, or none
    for (int& of_stores : store_group) of_stores = none;
    count = 0;
    for (int i = 0; i < Nodes; ++i) {
      group[i] = -1;
      stored[i] = false;
      part[i] = recomputed(g, i) ? zone::everywhere : zone::none;
    }
    for (int i = Nodes - 1; i >= 0; --i) {
      if (!place_node(g, i, staged[i], u, store_group)) continue;
      ++u.members[group[i]];
      note_operands(g, i, staged[i], u);
    }
  }

 private:
  // In place of the group of all users.
  static constexpr int none = -1, differ = -2, in_memory = -3;

  /// What is known of a node's users, all of which come after the node.
  template <int Tensors>
  struct users {
    const graph_table<Nodes, Tensors>& g;
    int group[room] = {};  ///< group of all users so far, or why there is none
    zone part[room] = {};
    int members[room] = {};   ///< per group
    int count[room] = {};     ///< users in all
    bool kept[room] = {};     ///< a scan keeps the value of each iteration
    bool unlike[room] = {};   ///< some user ranges over other elements or loops
    bool chained[room] = {};  ///< recomputed for what is itself recomputed

    constexpr explicit users(const graph_table<Nodes, Tensors>& graph) : g{graph} {
      for (int& of_users : group) of_users = none;
      for (const node& n : g.nodes)
        for (int k = 0; k < n.op->arity; ++k) ++count[n.in[k]];
    }

    /// Notes that part z of group k uses the node `at`; fits: over the same elements and loops.
    constexpr void note(int at, int k, zone z, bool fits) {
      unlike[at] = unlike[at] || !fits;
      if (group[at] == in_memory) return;
      if (!fits || (group[at] != none && (group[at] != k || part[at] != z))) {
        group[at] = differ;
      } else {
        group[at] = k;
        part[at] = z;
      }
    }
    /// Operands of contractions, views, joins and staged stores must be in memory.
    constexpr void require(const node& n) {
      for (int k = 0; k < n.op->arity; ++k)
        if (g[n.in[k]].op->kind != family::constant) group[n.in[k]] = in_memory;
    }
  };

  constexpr void open(int i) {
    root[count] = i;
    reduction_node[count] = -1;
    group[i] = count++;
  }

  /// Gives node i its group; false for nodes that no kernel computes, or that hold no operands.
  template <int Tensors>
  constexpr bool place_node(const graph_table<Nodes, Tensors>& g, int i, bool staged,
                            users<Tensors>& u, int* store_group) {
    const node& n = g[i];
    switch (n.op->kind) {
      case family::tensor:
      case family::constant:
      case family::index:
      case family::composite:
        return false;
      case family::view:
        u.require(n);
        return false;
      case family::join:
        if (leaves_a_scan(n)) return place_join_of_scan(g, i, u);
        open(i);
        part[i] = zone::epilogue;
        stored[i] = true;
        u.require(n);
        return false;
      case family::assign:
        place_store(n, i, staged, store_group);
        return true;
      case family::elementwise:
        if (part[i] == zone::everywhere && u.group[i] != in_memory) return false;
        if (is_cheap_to_repeat(i, u)) return repeat(i, u);
        place_elementwise(n, i, u);
        stored[i] = stored[i] || u.kept[i];
        return true;
      case family::contraction:
      case family::reduction:
        place_reduction(g, i, u);
        stored[i] = stored[i] || u.kept[i];
        return true;
      case family::rows:
        open(i);
        part[i] = zone::epilogue;
        stored[i] = true;
        return true;
    }
    return false;
  }

  /// What a scan keeps of each iteration is stored where the value is computed, in whatever group:
  /// readers of what is kept run after the scan, or in the next iteration.
  template <int Tensors>
  constexpr bool place_join_of_scan(const graph_table<Nodes, Tensors>& g, int i,
                                    users<Tensors>& u) {
    open(i);
    part[i] = zone::epilogue;
    stored[i] = true;
    const node& n = g[i];
    const int kept = detail::stored_slots(n).operand;
    for (int k = 0; k < n.op->arity; ++k)
      if (k == kept)
        u.kept[n.in[k]] = true;
      else if (g[n.in[k]].op->kind != family::constant)
        u.group[n.in[k]] = in_memory;
    return false;
  }

  /// Stores of one parameter and its state share a group.
  constexpr void place_store(const node& n, int i, bool staged, int* store_group) {
    const int t = stored_by(n).tensor;
    part[i] = zone::epilogue;
    if (t < 0 || staged || adds_rows(n)) return open(i);
    if (store_group[t] != none)
      group[i] = store_group[t];
    else
      open(i);
    store_group[t] = group[i];
  }

  template <int Tensors>
  constexpr void place_elementwise(const node& n, int i, const users<Tensors>& u) {
    // What is stored per result cannot be computed per element that a reduction takes.
    const bool fits = !u.kept[i] || u.part[i] == zone::epilogue;
    if (u.group[i] >= 0 && fits && !is<copy>(n.op) && u.members[u.group[i]] < max_group_members) {
      group[i] = u.group[i];
      part[i] = u.part[i];
    } else {
      open(i);
      part[i] = zone::epilogue;
      stored[i] = true;
    }
  }

  template <int Tensors>
  constexpr void place_reduction(const graph_table<Nodes, Tensors>& g, int i,
                                 const users<Tensors>& u) {
    if (u.group[i] >= 0 && u.part[i] == zone::epilogue && reduction_node[u.group[i]] < 0 &&
        !adds_rows(g[root[u.group[i]]])) {
      group[i] = u.group[i];
    } else {
      open(i);
      stored[i] = true;
    }
    reduction_node[group[i]] = i;
    part[i] = zone::reduction;
  }

  template <int Tensors>
  constexpr void note_operands(const graph_table<Nodes, Tensors>& g, int i, bool staged,
                               users<Tensors>& u) {
    const node& n = g[i];
    if (n.op->kind == family::contraction || staged) return u.require(n);
    if (n.op->kind == family::rows || adds_rows(n)) return note_rows(g, i, u);
    const bool reduces = n.op->kind == family::reduction;
    for (int k = 0; k < n.op->arity; ++k) {
      const node& o = g[n.in[k]];
      const bool fits =
          in_same_loops(o, n) && (reduces || (o.dims == n.dims && o.batched == n.batched));
      u.note(n.in[k], group[i], reduces ? zone::prologue : part[i], fits);
    }
  }

  /// Rows on their way to a table may be computed where they are added; tables and indices lie in
  /// memory.
  template <int Tensors>
  constexpr void note_rows(const graph_table<Nodes, Tensors>& g, int i, users<Tensors>& u) {
    const node& n = g[i];
    if (!adds_rows(n)) return u.require(n);
    const int rows = rows_added(n);
    for (int k = 0; k < n.op->arity; ++k)
      if (k == rows)
        u.note(n.in[k], group[i], zone::epilogue, in_same_loops(g[n.in[k]], n));
      else if (g[n.in[k]].op->kind != family::constant)
        u.group[n.in[k]] = in_memory;
  }

  /// Whether every user may compute an element of node i anew, from memory that it would read
  /// anyway: a sum, a product or a comparison of at most one value of as many elements, which is
  /// stored for others too.
  template <int Tensors>
  constexpr bool is_cheap_to_repeat(int i, const users<Tensors>& u) const {
    const node& n = u.g[i];
    if (u.group[i] != differ || u.unlike[i] || u.kept[i] || n.scan != 0) return false;
    if (!is<add>(n.op) && !is<sub>(n.op) && !is<mul>(n.op) && !is<neg>(n.op) && !n.op->mask)
      return false;
    int large = 0;
    for (int k = 0; k < n.op->arity; ++k) {
      if (is_small(u.g, n.in[k], n)) continue;
      const int o = is<reshape>(u.g[n.in[k]].op) ? u.g[n.in[k]].in[0] : n.in[k];
      const node& from = u.g[o];
      // Where a view changes the order of elements, the value is stored once, since each user would
      // read memory in the wrong order again.
      if (from.op->kind == family::index || from.op->kind == family::view || from.scan != 0)
        return false;
      if (from.op->kind != family::tensor && o == n.in[k] && u.count[o] < 2) return false;
      if (++large > 1) return false;
    }
    return true;
  }
  /// Whether far fewer numbers are behind an operand than its user has elements.
  template <int Tensors>
  static constexpr bool is_small(const graph_table<Nodes, Tensors>& g, int operand, const node& n) {
    while (g[operand].op->kind == family::view) operand = g[operand].in[0];
    const node& o = g[operand];
    return o.op->kind == family::constant || (n.batched && !o.batched) ||
           4 * o.dims.count() <= n.dims.count();
  }
  /// Leaves node i to its users. What it is made of is stored, or repeated with it.
  template <int Tensors>
  constexpr bool repeat(int i, users<Tensors>& u) {
    part[i] = zone::everywhere;
    const node& n = u.g[i];
    for (int k = 0; k < n.op->arity; ++k) {
      const int o = n.in[k];
      const bool small = is_small(u.g, o, n);
      if (u.group[o] != in_memory) u.group[o] = differ;
      u.unlike[o] = u.unlike[o] || small || u.chained[i];
      u.chained[o] = u.chained[o] || !small;
    }
    return false;
  }

  /// One comparison or choice between leaves costs less than a store and a load.
  template <int Tensors>
  constexpr bool recomputed(const graph_table<Nodes, Tensors>& g, int i) const {
    const node& n = g[i];
    if (n.op->kind != family::elementwise || n.op->flops > 1 || is<copy>(n.op)) return false;
    for (int k = 0; k < n.op->arity; ++k) {
      const family f = g[n.in[k]].op->kind;
      if (f != family::constant && f != family::index && f != family::tensor) return false;
    }
    return true;
  }
};

}  // namespace tapeless
