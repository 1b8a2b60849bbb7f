#pragma once
// Prepares a graph for the kernels of one lane axis: inserts copies where a kernel could not read
// an operand where the operand lies, or only slowly.

#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/copy.hpp>
#include <tapeless/ops/reshape.hpp>
#include <tapeless/plan/layout.hpp>
#include <tapeless/plan/program.hpp>
#include <tapeless/transform/rebuild.hpp>

namespace tapeless {

namespace detail {

/// Whether rows of a node have padding between them, which a reshape cannot step over.
constexpr bool has_padded_rows(graph& g, int id) {
  while (g[id].op->kind == family::view) id = g[id].in[0];
  const node& n = g[id];
  const bool dense =
      is<copy>(n.op) && attributes_of<copy>(n).layout == copy_layout::without_padding;
  return !n.batched && n.dims.rank == 2 && !dense;
}

/// Whether a node is a buffer that the call may change, directly or through views.
constexpr bool is_changeable(const graph& g, int id) {
  while (g[id].op->kind == family::view) id = g[id].in[0];
  if (g[id].op->kind != family::tensor) return false;
  const place p = g.tensors[tensor_of(g[id])].where;
  return p == place::parameters || p == place::state || p == place::gradients;
}

/// Whether the operands of a node must lie in memory: positions and random numbers do not.
constexpr bool needs_memory(const node& n) {
  return n.op->kind == family::view || n.op->kind == family::contraction ||
         n.op->kind == family::rows || (n.op->kind == family::assign && adds_rows(n));
}

}  // namespace detail

/// The operand of a weight's gradient, a sum over samples of outer products, that lanes over
/// outputs read sample by sample, or -1. It is transposed once: that costs less than adding every
/// element of the gradient up across lanes.
template <int Nodes, int Tensors>
constexpr int operand_by_rows(const graph_table<Nodes, Tensors>& from, const node& n) {
  constexpr int worth_it = 16;
  const node &a = from[n.in[0]], &b = from[n.in[1]];
  if (n.batched || !a.batched || !b.batched || a.dims.rank != 1 || b.dims.rank != 1 ||
      n.dims.rank != 2 || n.dims[0] < worth_it || n.dims[1] < worth_it)
    return -1;
  const contract::attributes at = attributes_of<contract>(n);
  return at.left[0] == at.out[0] ? 0 : 1;
}

/// Whether operand k of a contraction is a weight matrix of a layer whose rows would be read as
/// columns.
template <int Nodes, int Tensors>
constexpr bool reads_columns(const graph_table<Nodes, Tensors>& from, const node& n, int k) {
  const node& w = from[n.in[k]];
  if (w.op->kind != family::tensor || w.batched || w.dims.rank != 2 ||
      !outputs_are_lanes(from.tensors[tensor_of(w)]))
    return false;
  const contract::attributes at = attributes_of<contract>(n);
  return at.out.find((k == 0 ? at.left : at.right)[0]) < 0;
}

/// Whether `legalize` may have anything to insert.
template <int Nodes, int Tensors>
constexpr bool needs_legalizing(const graph_table<Nodes, Tensors>& g, const target& on) {
  if (on.lanes == lane_axis::samples || g.batch >= on.costs.transpose_from_batch) return true;
  for (const tensor& t : g.tensors)
    if (t.transposed && t.dims.rank > 2) return true;
  if (g.scan_count > 0) return true;
  for (const node& n : g.nodes) {
    if (is<reshape>(n.op)) return true;
    if (detail::needs_memory(n))
      for (int k = 0; k < n.op->arity; ++k)
        if (g[n.in[k]].op->kind == family::index) return true;
    if (n.op->kind == family::assign)
      for (int k = adds_rows(n) ? 1 : 0; k < n.op->arity; ++k) {
        const family f = g[n.in[k]].op->kind;
        if (f == family::tensor || f == family::view) return true;
      }
  }
  return false;
}

namespace detail {

/// Copies a graph node by node and inserts copies on the way.
template <int Nodes, int Tensors>
struct legalizer {
  graph& g;
  const graph_table<Nodes, Tensors>& from;
  const target& on;
  int map[Nodes > 0 ? Nodes : 1] = {};
  strided* at = nullptr;  // of the new graph's nodes, as `layouts` will have them
  int known = 0, at_room = 0;

  constexpr void run() {
    load_frame(g, from);
    for (int i = 0; i < Nodes && !g.failed(); ++i) {
      node n = from[i];  // with the operands of the new graph
      for (int k = 0; k < n.op->arity; ++k) n.in[k] = map[n.in[k]];
      legalize_operands(n, from[i]);
      value v = g.intern(n);  // copies change no shape and enable no simplification
      if (n.op->kind == family::tensor) {
        g.tensors[tensor_of(n)].node = v.id;
        // Lanes over samples: inputs come sample by sample and are transposed once.
        if (on.lanes == lane_axis::samples && n.batched && n.dims.count() > 1)
          v = {g, copied(v.id, copy_layout::for_lanes)};
      }
      // Rows of a table are read and stored row by row: as inputs.
      if (n.op->kind == family::rows && on.lanes == lane_axis::samples && n.batched)
        v = {g, copied(v.id, copy_layout::for_lanes)};
      map[i] = v.id;
    }
    for (int i = 0; i < from.result_count; ++i) g.results[i] = map[from.results[i]];
    g.result_count = from.result_count;
    delete[] at;
  }

 private:
  constexpr int copied(int id, copy_layout layout, int innermost = -1) {
    return apply_with<copy>({layout, innermost}, value{g, id}).id;
  }

  /// Strides of all nodes so far.
  constexpr const strided* strides() {
    if (g.count > at_room) {
      at_room = 2 * g.count + 64;
      strided* const more = new strided[static_cast<std::size_t>(at_room)];
      for (int i = 0; i < known; ++i) more[i] = at[i];
      delete[] at;
      at = more;
    }
    for (; known < g.count; ++known) at[known] = strides_of(known);
    return at;
  }
  constexpr strided strides_of(int i) const {
    const node& n = g[i];
    if (n.op->kind == family::tensor) {
      const tensor& t = g.tensors[tensor_of(n)];
      return lies_as_parameter(t.where) ? tensor_strides(t) : row_major(n.dims, n.batched);
    }
    if (n.op->kind == family::view) {
      strided s = at[n.in[0]];
      n.op->view(g[n.in[0]].dims, n.dims, n.attr, s);
      return s;
    }
    int size = 0;
    return n.op->arity > 0 ? natural_storage{g, on}.strides(i, at, size) : strided{};
  }
  constexpr bool reshapes_in_place(int id, const shape& to) {
    if (has_padded_rows(g, id)) return false;
    strided s = strides()[id];
    return reshape::view(g[id].dims, to, {}, s);
  }

  constexpr void legalize_operands(node& n, const node& before) {
    if (needs_memory(n))
      for (int k = 0; k < n.op->arity; ++k)
        if (g[n.in[k]].op->kind == family::index) n.in[k] = copied(n.in[k], copy_layout::for_lanes);
    if (n.op->kind == family::contraction) legalize_factors(n, before);
    if (is<reshape>(n.op) && !reshapes_in_place(n.in[0], n.dims))
      n.in[0] = copied(n.in[0], copy_layout::without_padding);
    if (n.op->kind == family::join && leaves_a_scan(n)) legalize_stacked(n, before);
    if (on.lanes == lane_axis::samples && (n.op->kind == family::rows || adds_rows(n)))
      if (int& rows = n.in[n.op->kind == family::rows ? 0 : 1]; g[rows].batched)
        rows = copied(rows, copy_layout::sample_by_sample);
    // What another store may overwrite first is saved before.
    if (n.op->kind == family::assign)
      for (int k = adds_rows(n) ? 1 : 0; k < n.op->arity; ++k)
        if (is_changeable(g, n.in[k])) n.in[k] = copied(n.in[k], copy_layout::for_lanes);
  }

  /// What a scan stores per iteration is computed straight into its place: by a step of its own, and
  /// for one place alone.
  constexpr void legalize_stacked(node& n, const node& before) {
    const int k = stored_slots(n).operand;
    const node& x = g[n.in[k]];
    const bool computed = x.op->kind == family::elementwise || x.op->kind == family::contraction ||
                          x.op->kind == family::reduction ||
                          (x.op->kind == family::join && !leaves_a_scan(x));
    const node& first = is<carried_history>(before.op) ? from[before.in[2]] : from[before.in[0]];
    if (computed && in_same_loops(x, first) && x.batched == n.batched && !has_place(n.in[k]))
      return;
    node own{&description<copy>,
             {n.in[k], -1, -1},
             x.dims,
             x.batched,
             pack(copy::attributes{copy_layout::for_lanes}),
             first.scan,
             first.trips,
             first.inner,
             first.inner_trips};
    n.in[k] = g.append(own).id;
  }
  /// Whether a scan already stores a value somewhere.
  constexpr bool has_place(int id) const {
    for (int i = id + 1; i < g.count; ++i)
      if (leaves_a_scan(g[i]) && g[i].in[stored_slots(g[i]).operand] == id) return true;
    return false;
  }

  /// Weights of a convolution whose lanes would run over another axis than the innermost are copied
  /// with that axis innermost, where they are used often enough.
  constexpr void turn_weights(node& n) {
    const strided* const known_strides = strides();
    const int channels = natural_storage{g, on}.channel_axis(n, known_strides);
    if (channels < 0) return;
    const int k = g[n.in[0]].batched ? 1 : 0;
    const node& w = g[n.in[k]];
    const contract::attributes c = attributes_of<contract>(n);
    const int axis = (k == 0 ? c.left : c.right).find(c.out[channels]);
    const int uses = g.batch * n.dims.count() / n.dims[channels];
    if (w.dims.rank > 2 && known_strides[n.in[k]].stride[axis] != 1 &&
        uses >= on.costs.transpose_from_batch)
      n.in[k] = copied(n.in[k], copy_layout::for_lanes, axis);
  }

  constexpr void legalize_factors(node& n, const node& before) {
    if (on.lanes == lane_axis::features && g.batch >= on.costs.transpose_from_batch)
      for (int k = 0; k < 2; ++k)
        if (reads_columns(from, before, k)) n.in[k] = copied(n.in[k], copy_layout::for_lanes);
    if (on.lanes == lane_axis::features && n.dims.rank > 1) turn_weights(n);
    if (on.lanes == lane_axis::samples)
      if (const int k = operand_by_rows(from, before); k >= 0)
        n.in[k] = copied(n.in[k], copy_layout::sample_by_sample);
  }
};

}  // namespace detail

/// Appends a prepared copy of a pruned graph to an empty builder.
template <int Nodes, int Tensors>
constexpr void legalize(graph& g, const graph_table<Nodes, Tensors>& from, const target& on) {
  detail::legalizer<Nodes, Tensors>{g, from, on}.run();
}

}  // namespace tapeless
