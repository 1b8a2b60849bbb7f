#pragma once
// What is known of each value of a network over a sequence: the axis of time, the sample that the
// first element belongs to, and how far the inputs lie behind. With the sentence for what a stream
// cannot do.

#include <tapeless/graph/table.hpp>
#include <tapeless/ops/slice.hpp>
#include <tapeless/transform/stream_values.hpp>

namespace tapeless {

namespace detail {

/// How a value passes its operand on.
enum class passage : std::uint8_t {
  computed,  ///< new numbers; earlier ones are kept where they are needed
  seen,      ///< a view, of earlier samples as of new ones
  same,      ///< the operand itself, counted from another sample
};

/// What is known of the values of a graph, by node. `stream_time` finds it.
template <int Nodes>
struct values_in_time {
  static constexpr int room = Nodes > 0 ? Nodes : 1;
  static constexpr int of_one_step = -2;
  int axis[room] = {};  ///< of time; -1 where a value does not follow time, `of_one_step` in scans
  int missing[room] = {};   ///< the first element belongs to this sample; negative behind padding
  int nearest[room] = {};   ///< samples by which the newest input that counts lies behind
  int farthest[room] = {};  ///< ... and the oldest one
  carried_values carries;
  int output = 0;  ///< node
  int input = -1;  ///< tensor
  diagnosis error;

  constexpr bool failed() const { return error.what != problem::none; }

  /// Samples by which an operand of a computed node lies behind the node.
  template <class Graph>
  constexpr int delay(const Graph& g, int i, int operand) const {
    return axis[operand] < 0 || passage_of(g, i) != passage::computed
               ? 0
               : missing[i] - missing[operand];
  }

  /// How node i passes on its operand, which follows time.
  template <class Graph>
  constexpr passage passage_of(const Graph& g, int i) const {
    const node& n = g[i];
    if (is<pad>(n.op) && attributes_of<pad>(n).axis == axis[n.in[0]]) return passage::same;
    if (is<slice>(n.op) && attributes_of<slice>(n).axis == axis[n.in[0]]) return passage::same;
    return n.op->kind == family::view ? passage::seen : passage::computed;
  }

 protected:
  /// A computed node follows its latest operand; the others are read some samples late.
  template <class Graph>
  constexpr void follow(const Graph& g, int i, int time) {
    const node& n = g[i];
    axis[i] = time;
    bool any = false;
    for (int k = 0; k < n.op->arity; ++k)
      if (axis[n.in[k]] >= 0 && missing[n.in[k]] > missing[i]) missing[i] = missing[n.in[k]];
    for (int k = 0; k < n.op->arity; ++k) {
      const int o = n.in[k];
      if (axis[o] < 0) continue;
      const int late = missing[i] - missing[o];
      if (!any || nearest[o] + late < nearest[i]) nearest[i] = nearest[o] + late;
      if (!any || farthest[o] + late > farthest[i]) farthest[i] = farthest[o] + late;
      any = true;
    }
  }
  /// A view, or another count of the same samples.
  constexpr void take_over(int i, int operand, int time, int more_missing, int more_reach) {
    axis[i] = time;
    missing[i] = missing[operand] + more_missing;
    nearest[i] = nearest[operand];
    farthest[i] = farthest[operand] + more_reach;
  }

  /// Notes what a stream cannot do at node i, unless something was noted before.
  template <class Graph>
  constexpr void fail(const Graph& g, int i, problem what) {
    if (failed()) return;
    error.what = what;
    error.where = path{g[i].op->name};
    error.got = g[i].dims;
    error.wanted = g[i].op->arity > 0 ? g[g[i].in[0]].dims : g[i].dims;
    name_nearest_parameter(g, i);
  }

 private:
  /// Adds a parameter to the place of the error: the operation's own, else one of a node that needs
  /// the operation, else one before the operation. Operations have no names of their own.
  template <class Graph>
  constexpr void name_nearest_parameter(const Graph& g, int i) {
    bool after[room] = {};
    after[i] = true;
    for (int k = i; k < Nodes; ++k) {
      for (int o = 0; o < g[k].op->arity; ++o) after[k] = after[k] || after[g[k].in[o]];
      if (!after[k]) continue;
      for (int o = 0; o < g[k].op->arity; ++o)
        if (const int t = parameter_behind(g, g[k].in[o]); t >= 0)
          return name_place(k == i ? " of " : " before ", g.tensors[t].name);
    }
    for (int k = i; k >= 0; --k)
      for (int o = 0; o < g[k].op->arity; ++o)
        if (const int t = parameter_behind(g, g[k].in[o]); t >= 0)
          return name_place(" behind ", g.tensors[t].name);
  }
  template <class Graph>
  static constexpr int parameter_behind(const Graph& g, int i) {
    while (g[i].op->kind == family::view) i = g[i].in[0];
    if (g[i].op->kind != family::tensor) return -1;
    const int t = tensor_of(g[i]);
    return g.tensors[t].where == place::parameters ? t : -1;
  }
  constexpr void name_place(std::string_view relation, const path& name) {
    error.where.append(relation);
    error.where.append(name.view());
  }
};

}  // namespace detail
}  // namespace tapeless
