#pragma once
// Decides which nodes one kernel computes together.

#include <tapeless/plan/layout.hpp>

namespace tapeless {

/// Longest program of one kernel: beyond it compilers slow down and spill.
inline constexpr int max_group_members = 40;

/// Part of a group that a node belongs to.
enum class zone : std::uint8_t {
  none,        ///< leaf or view: not computed
  everywhere,  ///< cheap and built from leaves: recomputed wherever it is used
  before,      ///< part of the element that the group reduces
  fold,        ///< the group's reduction or contraction
  after,       ///< computed on the group's results
};

/// Groups of nodes, one per kernel call. Values inside a group stay in registers.
///
/// One pass from the last node to the first. An elementwise node joins its users if all of them are
/// in one group and range over the same elements; a contraction or reduction becomes the fold of
/// its users' group under the same condition, which is how bias, activation, the activation's
/// derivative and the weight update end up in a matrix product's epilogue. Since every user is
/// inside, no path can leave a group and come back.
template <int Nodes>
struct groups {
  static constexpr int room = Nodes > 0 ? Nodes : 1;
  int group[room] = {};  ///< group of a node, -1 if none
  zone part[room] = {};
  bool stored[room] = {};    ///< written to memory
  int root[room] = {};       ///< per group: its last node
  int fold_node[room] = {};  ///< per group: its reduction or contraction, -1 if none
  int count = 0;

  template <int Tensors>
  constexpr explicit groups(const graph_table<Nodes, Tensors>& g) {
    int user[room] = {};  // group of all users so far + 1, or why there is none
    zone user_part[room] = {};
    int members[room] = {};
    int update_group[Tensors > 0 ? Tensors : 1] = {};  // group of a parameter's update + 1
    for (int i = 0; i < Nodes; ++i) {
      group[i] = -1;
      part[i] = recomputed(g, i) ? zone::everywhere : zone::none;
    }
    for (int i = Nodes - 1; i >= 0; --i) {
      const node& n = g[i];
      switch (n.op->kind) {
        case family::tensor:
        case family::constant:
        case family::index:
          continue;
        case family::view:
          require(g, n, user);
          continue;
        case family::join:
          open(i);
          part[i] = zone::after;
          stored[i] = true;
          require(g, n, user);
          continue;
        case family::assign: {
          const int t = n.attr.index[2];
          if (t >= 0 && update_group[t] > 0)
            group[i] = update_group[t] - 1;
          else
            open(i);
          if (t >= 0) update_group[t] = group[i] + 1;
          part[i] = zone::after;
          break;
        }
        case family::elementwise:
          if (part[i] == zone::everywhere && user[i] != in_memory) continue;
          if (user[i] > 0 && !is<copy>(n.op) && members[user[i] - 1] < max_group_members) {
            group[i] = user[i] - 1;
            part[i] = user_part[i];
          } else {
            open(i);
            part[i] = zone::after;
            stored[i] = true;
          }
          break;
        case family::contraction:
        case family::reduction:
          if (user[i] > 0 && user_part[i] == zone::after && fold_node[user[i] - 1] < 0) {
            group[i] = user[i] - 1;
          } else {
            open(i);
            stored[i] = true;
          }
          fold_node[group[i]] = i;
          part[i] = zone::fold;
          break;
        case family::composite:
          continue;
      }
      ++members[group[i]];
      if (n.op->kind == family::contraction) require(g, n, user);
      for (int k = 0; k < n.op->arity; ++k) {
        const node& o = g[n.in[k]];
        const bool reduces = n.op->kind == family::reduction;
        const bool fits = n.op->kind != family::contraction &&
                          (reduces || (o.dims == n.dims && o.batched == n.batched));
        note(user, user_part, n.in[k], group[i], reduces ? zone::before : part[i], fits);
      }
    }
  }

 private:
  constexpr void open(int i) {
    root[count] = i;
    fold_node[count] = -1;
    group[i] = count++;
  }

  static constexpr void note(int* user, zone* user_part, int at, int g, zone z, bool fits) {
    if (user[at] == in_memory) return;
    if (!fits || (user[at] != 0 && (user[at] != g + 1 || user_part[at] != z)))
      user[at] = differ;
    else {
      user[at] = g + 1;
      user_part[at] = z;
    }
  }

  static constexpr int differ = -1, in_memory = -2;
  /// Operands of contractions, views and joins must be in memory.
  template <int Tensors>
  static constexpr void require(const graph_table<Nodes, Tensors>& g, const node& n, int* user) {
    for (int k = 0; k < n.op->arity; ++k)
      if (g[n.in[k]].op->kind != family::constant) user[n.in[k]] = in_memory;
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
