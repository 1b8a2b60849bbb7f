#pragma once
// Finds stores that would overwrite what is still to be read, and sends them through the arena.
//
// Parameters, state and gradients are read and written by one call; all reads mean the old values.
// The order of steps can respect that (plan/schedule.hpp) unless
//   - a group reads a buffer that it stores itself, and not just the element that it stores next,
//   or
//   - groups that store wait for one another in a circle: each reads what another one stores.
// Such stores are staged: the value is computed into the arena, and a step of its own copies it.

#include <tapeless/plan/fuse.hpp>

namespace tapeless {

namespace detail {

template <int Nodes, int Tensors>
class store_conflicts {
 public:
  constexpr store_conflicts(const graph_table<Nodes, Tensors>& graph,
                            const layouts<Nodes, Tensors>& layout, const groups<Nodes>& grouped,
                            bool* staged_stores)
      : g{graph}, where{layout}, in{grouped}, staged{staged_stores} {}

  /// Stages some store where that is necessary; false if nothing is left to do.
  constexpr bool resolve() {
    find_stores();
    if (store_count == 0) return false;
    bool found = false;
    for (int i = 0; i < Nodes; ++i)
      if (in.group[i] >= 0) found = visit_operands(i, i) || found;
    found = found || break_circle();
    delete[] edges;
    edges = nullptr;
    return found;
  }

 private:
  const graph_table<Nodes, Tensors>& g;
  const layouts<Nodes, Tensors>& where;
  const groups<Nodes>& in;
  bool* staged;  // per store; this pass adds to them

  /// Buffers of one parameter: itself, its gradient, the slots of its state.
  static constexpr int kinds = 5;
  static constexpr int buffers_room = kinds * (Tensors > 0 ? Tensors : 1);
  int store_of[buffers_room] = {};  ///< node that stores a buffer + 1
  int store_count = 0;

  /// Group `before` reads what group `after` stores by node `store`.
  struct edge {
    int before, after, store;
  };
  edge* edges = nullptr;
  int edge_count = 0, edge_room = 0;

  static constexpr int buffer_of(place p, int slot, int tensor) {
    const int kind = p == place::parameters ? 0 : p == place::gradients ? 1 : 2 + slot;
    return kind + kinds * tensor;
  }

  constexpr void find_stores() {
    for (int i = 0; i < Nodes; ++i)
      if (g[i].op->kind == family::assign && where.of[i].where != place::arena &&
          stored_by(g[i]).tensor >= 0) {
        const located& l = where.of[i];
        store_of[buffer_of(l.where, l.slot, l.storage)] = i + 1;
        ++store_count;
      }
  }

  /// Looks at what node `at` makes the kernel of node `user` read; true if a store was staged.
  constexpr bool visit_operands(int user, int at) {
    const node& n = g[at];
    bool found = false;
    for (int k = 0; k < n.op->arity; ++k) {
      const int o = n.in[k];
      if (in.part[o] == zone::everywhere && in.group[o] < 0)
        found = visit_operands(user, o) || found;
      else if (lies_as_parameter(where.of[o].where) && where.of[o].in_memory)
        found = visit_read(user, o) || found;
    }
    return found;
  }

  constexpr bool visit_read(int user, int o) {
    const located& l = where.of[o];
    const int store = store_of[buffer_of(l.where, l.slot, l.storage)] - 1;
    if (store < 0) return false;
    const int reader = in.group[user], writer = in.group[store];
    if (reader != writer) {
      add_edge({reader, writer, store});
      return false;
    }
    // Rows by index are added to what is read of them; whatever else reads the table may need rows
    // that were changed before.
    if (adds_rows(g[store]) && user == store && o == g[store].in[0]) return false;
    const bool same_element = in.part[user] == zone::epilogue && g[user].op->kind != family::join &&
                              !adds_rows(g[store]) && l.at == where.of[store].at &&
                              g[o].dims == g[store].dims;
    if (same_element || staged[store]) return false;
    staged[store] = true;
    return true;
  }

  constexpr void add_edge(edge e) {
    if (edge_count == edge_room) {
      edge_room = edge_room == 0 ? 64 : 2 * edge_room;
      edge* const more = new edge[static_cast<std::size_t>(edge_room)]{};
      for (int i = 0; i < edge_count; ++i) more[i] = edges[i];
      delete[] edges;
      edges = more;
    }
    edges[edge_count++] = e;
  }

  /// Removes edges that lie on no circle; stages one store of the edges that are left.
  constexpr bool break_circle() {
    int readers[groups<Nodes>::room] = {}, waits[groups<Nodes>::room] = {};
    for (int i = 0; i < edge_count; ++i) {
      ++readers[edges[i].after];
      ++waits[edges[i].before];
    }
    bool changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < edge_count;) {
        const edge e = edges[i];
        // A group in a circle precedes one group and follows another.
        if (readers[e.before] > 0 && waits[e.after] > 0) {
          ++i;
          continue;
        }
        --readers[e.after];
        --waits[e.before];
        edges[i] = edges[--edge_count];
        changed = true;
      }
    }
    if (edge_count == 0) return false;
    staged[edges[0].store] = true;
    return true;
  }
};

}  // namespace detail

/// Groups without conflicts between their stores and what others read.
template <int Nodes>
struct fused_groups : groups<Nodes> {
  template <int Tensors>
  constexpr fused_groups(const graph_table<Nodes, Tensors>& g,
                         const layouts<Nodes, Tensors>& where) {
    bool staged[groups<Nodes>::room] = {};
    do {
      this->form(g, staged);
    } while (detail::store_conflicts<Nodes, Tensors>{g, where, *this, staged}.resolve());
  }
};

}  // namespace tapeless
