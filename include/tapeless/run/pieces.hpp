#pragma once
// How many samples of a batch run at once: all of them, or a piece whose values stay in the caches.

#include <tapeless/run/target.hpp>

namespace tapeless::detail {

/// What one sample stores on its way, in scalars, from the declaration: what is computed element by
/// element lies where its operand does, since kernels fuse it.
struct sample_values {
  long long all = 0;   ///< of all layers, as backward needs them
  long long most = 0;  ///< of one layer, with what it reads
};

template <class Net>
consteval sample_values values_of_sample() {
  const auto& g = declared<Net>;
  constexpr int nodes = std::remove_cvref_t<decltype(g)>::node_count;
  int owner[nodes + 1] = {};       // node that a value lies in + 1, 0 for none
  long long size[nodes + 1] = {};  // of what lies in a node
  sample_values r;
  for (int i = 0; i < nodes; ++i) {
    const node& n = g.nodes[i];
    const family kind = n.op->kind;
    if (kind == family::tensor || kind == family::constant || kind == family::index || !n.batched)
      continue;
    const int from = n.op->arity > 0 ? owner[n.in[0]] : 0;
    if (kind == family::view) owner[i] = from;
    for (int k = 0; kind == family::elementwise && k < n.op->arity; ++k)
      if (g.nodes[n.in[k]].dims == n.dims && owner[n.in[k]] > 0) owner[i] = owner[n.in[k]];
    long long own = static_cast<long long>(n.dims.count()) * n.trips;
    if (kind == family::composite && n.op->arity > 0) {
      // Windows are views of what is stored with its padding.
      const long long seen = from > 0 ? size[from - 1] : g.nodes[n.in[0]].dims.count();
      if (own > seen) owner[i] = from;
      own = own > seen ? seen : own;
    }
    if (kind == family::view || owner[i] > 0) continue;
    owner[i] = i + 1;
    size[i] = own;
    long long reads = 0;
    for (int k = 0; k < n.op->arity; ++k)
      if (const int o = owner[n.in[k]]; o > 0) reads += size[o - 1];
    r.all += own;
    r.most = own + reads > r.most ? own + reads : r.most;
  }
  return r;
}

/// Whether what a graph computes for one sample depends on the other samples of its batch or on the
/// number of the sample: statistics, sums over the batch, random numbers.
template <class Graph>
consteval bool samples_meet(const Graph& g) {
  if (g.crosses_samples) return true;
  for (const node& n : g.nodes) {
    if (n.op->kind == family::index && n.op->arity > 0) return true;
    for (int k = 0; k < n.op->arity; ++k)
      if (g.nodes[n.in[k]].batched && !n.batched) return true;
  }
  return false;
}

// Named in what the compiler prints of a piece that does not fit.

template <int Samples, int Batch>
inline constexpr bool divides_the_batch = Samples == 0 || Batch % (Samples > 0 ? Samples : 1) == 0;
template <class Net, int Samples, bool Meet>
inline constexpr bool has_samples_apart = Samples == 0 || !Meet;

/// The samples of a piece that the options ask for; -1 where the planner chooses.
template <class O>
consteval int pieces_in() {
  if constexpr (requires { O::samples_of_a_piece; })
    return O::samples_of_a_piece;
  else
    return -1;
}

/// The largest piece of a batch whose values fit the cost model's bytes, if whole batches take more
/// than twice as much; else the batch. Weights and their gradients are read anew for each piece: a
/// piece holds enough to pay for that.
template <class Net, class T, class Arch, class O, bool Training>
consteval int chosen_piece() {
  constexpr int batch = batch_in<O>();
  constexpr long long budget = costs_in<O>().piece_bytes;
  constexpr sample_values values = values_of_sample<Net>();
  // Forward alone gains from smaller pieces only: there values of a layer are read once.
  constexpr long long sample =
      (Training ? values.all : 2 * values.most) * static_cast<long long>(sizeof(T));
  if constexpr (batch == 1 || sample * batch <= 2 * budget) {
    return batch;
  } else {
    constexpr const auto& g = forward_table<Net, batch, Training>;
    if (samples_meet(g)) return batch;
    constexpr target on = target_for<T, Arch, O>(g);
    long long parameters = 0;
    for (const tensor& t : g.tensors)
      if (t.where == place::parameters) parameters += t.dims.count();
    parameters *= static_cast<long long>(sizeof(T)) * (Training ? 2 : 1);
    for (int piece = batch / 2; piece > 0; --piece) {
      if (batch % piece != 0 || (on.lanes == lane_axis::samples && piece % on.width != 0)) continue;
      if (sample * piece <= budget) return sample * piece >= parameters ? piece : batch;
    }
    return batch;
  }
}

/// Samples that run at once in a call of a batch with options O.
template <class Net, class T, class Arch, class O, bool Training>
consteval int piece_of() {
  constexpr int batch = batch_in<O>(), asked = pieces_in<O>();
  if constexpr (is_by_reference<O> || asked == 0) {
    return batch;
  } else if constexpr (asked > 0) {
    static_assert(divides_the_batch<asked, batch>,
                  "Tapeless: the samples of a piece, pieces_of<N>, must divide those of the batch");
    constexpr bool meet = samples_meet(forward_table<Net, batch, Training>);
    static_assert(has_samples_apart<Net, asked, meet>,
                  "Tapeless: pieces_of<N> needs a network whose samples do not meet; batch_norm in "
                  "training, sums over the batch and random numbers take a batch whole");
    return divides_the_batch<asked, batch> && !meet ? asked : batch;
  } else {
    return chosen_piece<Net, T, Arch, O, Training>();
  }
}

/// The same where the team is no longer among the options; reference semantics take a batch whole.
template <class Team, class Net, class T, class Arch, class O, bool Training>
consteval int piece_for_team() {
  if constexpr (std::is_same_v<Team, reference_semantics>)
    return batch_in<O>();
  else
    return piece_of<Net, T, Arch, O, Training>();
}

}  // namespace tapeless::detail
