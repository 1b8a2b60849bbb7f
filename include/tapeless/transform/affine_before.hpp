#pragma once
// The layer whose weights can take up a factor and a constant per channel behind it.

#include <tapeless/graph/table.hpp>
#include <tapeless/ops/add.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/reshape.hpp>

namespace tapeless::detail {

/// Weights times something, with a bias or without, where channel c of the result is what row c of
/// the weights makes. Graph is a graph under construction or a finished one.
template <class Graph>
class affine_before {
 public:
  int weights = -1;  ///< tensor; -1 where node `result` is something else
  int bias = -1;     ///< tensor; -1 where the layer has none

  constexpr affine_before(const Graph& graph, int result) : g{graph} {
    const int channels = g[result].dims.rank > 0 ? g[result].dims[0] : 0;
    int id = through_reshapes(result, channels);
    if (is<add>(g[id].op)) {
      const int k = parameter_behind(g[id].in[0]) >= 0 ? 0 : 1;
      bias = parameter_behind(g[id].in[k]);
      note_chain(g[id].in[k]);
      id = through_reshapes(g[id].in[1 - k], channels);
      if (bias < 0) return;
    }
    if (is<contract>(g[id].op)) find_weights(g[id], channels);
    if (weights >= 0 && bias >= 0 &&
        !(g.tensors[bias].name == g.tensors[weights].name.with_end("weight", "bias")))
      weights = -1;
  }

  /// Whether each value of the layer, and its result, has one user in the graph: then nobody else
  /// sees that the weights change.
  constexpr bool is_used_once(int nodes) const {
    for (int c = 0; c < chain_length_; ++c) {
      int users = 0;
      for (int i = 0; i < nodes; ++i)
        for (int k = 0; k < g[i].op->arity; ++k) users += g[i].in[k] == chain_[c];
      if (users != 1) return false;
    }
    return chain_length_ < most_chain;
  }

 private:
  static constexpr int most_chain = 32;
  const Graph& g;
  int chain_[most_chain] = {};  // nodes of the layer
  int chain_length_ = 0;

  constexpr void note(int id) {
    if (chain_length_ < most_chain) chain_[chain_length_++] = id;
  }
  constexpr void note_chain(int id) {
    for (note(id); is<reshape>(g[id].op); note(id)) id = g[id].in[0];
  }
  /// The value behind reshapes that keep the channels apart.
  constexpr int through_reshapes(int id, int channels) {
    note(id);
    while (is<reshape>(g[id].op) && g[id].dims.rank > 0 && g[id].dims[0] == channels) {
      id = g[id].in[0];
      note(id);
    }
    return id;
  }
  constexpr int parameter_behind(int id) const {
    while (is<reshape>(g[id].op)) id = g[id].in[0];
    if (g[id].op->kind != family::tensor) return -1;
    const int t = tensor_of(g[id]);
    return g.tensors[t].where == place::parameters ? t : -1;
  }
  /// The rows of weights are the first axes of the result: one axis, or group and output of a group.
  constexpr void find_weights(const node& n, int channels) {
    const contract::attributes at = attributes_of<contract>(n);
    for (int k = 0; k < 2; ++k) {
      const int t = parameter_behind(n.in[k]);
      if (t < 0 || !g.tensors[t].transposed || g.tensors[t].lane_axis != 0 ||
          g.tensors[t].dims[0] != channels || !g.tensors[t].name.view().ends_with("weight"))
        continue;
      const axis_labels own = k == 0 ? at.left : at.right;
      int rows = 1;
      for (int i = 0; i < n.dims.rank && rows < channels; ++i) {
        if (own[i] != at.out[i]) return;
        rows *= n.dims[i];
      }
      if (rows != channels) return;
      note_chain(n.in[k]);
      weights = t;
      return;
    }
  }
};

}  // namespace tapeless::detail
