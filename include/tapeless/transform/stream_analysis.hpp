#pragma once
// What has to be known of a network over a sequence before it becomes one over a block of samples:
// how many earlier samples of each value are read later, and where a stream keeps them.

#include <tapeless/transform/stream_time.hpp>

namespace tapeless {

namespace detail {

/// What a node passes on unchanged, or -1: what only a derivative tells from its operand.
template <class Graph>
constexpr int same_as(const Graph& g, const node& n) {
  if (is<detach>(n.op)) return n.in[0];
  const bool one_choice = is<select>(n.op) && n.in[1] == n.in[2];
  return one_choice && g[n.in[1]].dims == n.dims ? n.in[1] : -1;
}

/// Copies a graph with windows written out as padding and views: a stream keeps what lies between.
/// What separates the windows of truncated backpropagation is left out.
template <int Nodes, int Tensors>
constexpr void write_windows_out(graph& g, const graph_table<Nodes, Tensors>& from) {
  load_frame(g, from);
  int map[Nodes > 0 ? Nodes : 1] = {};
  for (int i = 0; i < Nodes && !g.failed(); ++i) {
    node n = from[i];
    value in[max_operands];
    for (int k = 0; k < n.op->arity; ++k) in[k] = value{g, n.in[k] = map[n.in[k]]};
    const int same = same_as(g, n);
    map[i] =
        same >= 0 ? same : (is<window>(n.op) ? n.op->decompose(g, in, n.attr) : g.intern(n)).id;
    if (n.op->kind == family::tensor) g.tensors[tensor_of(n)].node = map[i];
  }
  for (int i = 0; i < from.result_count; ++i) g.results[i] = map[from.results[i]];
  g.result_count = from.result_count;
}

template <int Nodes>
struct stream_analysis : stream_time<Nodes> {
  using base = stream_time<Nodes>;
  using base::axis;
  using base::failed;
  using base::farthest;
  using base::missing;
  using base::nearest;
  using base::output;
  using base::passage_of;
  using base::room;
  static constexpr int most_borders = 2;
  kept_samples kept[room][most_borders] = {};
  stream_memory memory;

  template <int Tensors>
  constexpr stream_analysis(const graph_table<Nodes, Tensors>& g, int time_axis, int largest_block)
      : base{g, time_axis} {
    if (failed()) return;
    if (missing[output] < 0) {
      nearest[output] -= missing[output];
      farthest[output] -= missing[output];
      request(g, output, -missing[output], {});
    }
    for (int i = Nodes - 1; i >= 0 && !failed(); --i)
      if (axis[i] >= 0) request_of_operands(g, i);
    if (!failed()) place(g, largest_block);
  }

  /// Which of the kept samples of a value serve a reader.
  constexpr int which(int i, int samples, const border& b) const {
    for (int k = 0; k < most_borders; ++k)
      if (kept[i][k].samples >= samples && kept[i][k].before.fits(b)) return k;
    return 0;
  }
  /// Samples before its own that a view needs of its operand.
  template <class Graph>
  constexpr int reach(const Graph& g, int i) const {
    const node& n = g[i];
    if (!is<taps>(n.op)) return 0;
    const taps::attributes a = attributes_of<taps>(n);
    return a.axis == axis[n.in[0]] ? (a.count - 1) * a.dilation : 0;
  }
  /// The number in front of the first sample of a view's operand, where `b` stands in front of the
  /// view: padding has a number of its own, other views pass `b` on.
  template <class Graph>
  constexpr border border_below(const Graph& g, int i, const border& b) const {
    const node& n = g[i];
    if (is<pad>(n.op) && attributes_of<pad>(n).axis == axis[n.in[0]]) {
      const pad::attributes a = attributes_of<pad>(n);
      return a.before > 0 ? border{a.number, false} : b;
    }
    return b;
  }

 private:
  using base::fail;

  // From the output to the input: how many earlier samples of each value are read.

  template <class Graph>
  constexpr void request(const Graph& g, int i, int samples, const border& b) {
    if (samples == 0) return;
    for (int k = 0; k < most_borders; ++k) {
      kept_samples& s = kept[i][k];
      if (s.samples > 0 && !s.before.fits(b)) continue;
      if (s.samples == 0 || s.before.any) s.before = b;
      if (s.samples < samples) s.samples = samples;
      return;
    }
    fail(g, i, problem::stream_of_two_borders);
  }
  template <class Graph>
  constexpr void request_of_operands(const Graph& g, int i) {
    const node& n = g[i];
    if (passage_of(g, i) == passage::computed) {
      for (int k = 0; k < n.op->arity; ++k)
        if (axis[n.in[k]] >= 0) request(g, n.in[k], missing[i] - missing[n.in[k]], {});
      return;
    }
    // A window needs earlier samples also where nobody needs earlier windows.
    const int own = reach(g, i);
    request(g, n.in[0], own, border_below(g, i, {}));
    for (kept_samples& s : kept[i]) {
      if (s.samples == 0) continue;
      const border below = border_below(g, i, s.before);
      if (!below.fits(s.before)) return fail(g, i, problem::stream_of_two_borders);
      request(g, n.in[0], own + s.samples, below);
      s = {};
    }
  }

  // Where kept samples lie. Values that keep about as many share a buffer, whose base goes back
  // when it has gone on by three times as many: a third of the samples is stored in front too.

  /// The first class keeps the most, each further one at most half of the one before.
  static constexpr int class_of(int samples, int most) {
    int k = 0;
    for (; k + 1 < max_ports && 2 * samples <= most; most /= 2) ++k;
    return k;
  }
  static constexpr int rounded(int n) { return (n + 15) / 16 * 16; }

  template <class Graph>
  constexpr void place(const Graph& g, int largest_block) {
    int longest = 0, most[max_ports] = {}, slot_of_class[max_ports] = {}, end[max_ports] = {};
    for (int i = 0; i < Nodes; ++i)
      for (const kept_samples& s : kept[i])
        if (s.samples > longest) longest = s.samples;
    for (int i = 0; i < Nodes; ++i)
      for (const kept_samples& s : kept[i])
        if (const int c = class_of(s.samples, longest); s.samples > most[c]) most[c] = s.samples;
    for (int c = 0; c < max_ports; ++c) {
      if (most[c] == 0) continue;
      slot_of_class[c] = memory.slots;
      // Above all samples and a block, so that what is stored in front is not read any more.
      const int least = 3 * most[c] + largest_block;
      memory.slack[memory.slots++] = rounded(least > 8 * largest_block ? least : 8 * largest_block);
    }
    for (int i = 0; i < Nodes; ++i)
      for (kept_samples& s : kept[i]) {
        if (s.samples == 0) continue;
        s.slot = slot_of_class[class_of(s.samples, longest)];
        s.rows = g[i].dims.count() / g[i].dims[axis[i]];
        // An odd number of cache lines from row to row, so that rows do not meet in the same sets.
        s.row = rounded(memory.slack[s.slot] + s.samples + largest_block);
        if (s.row / 16 % 2 == 0) s.row += 16;
        // The first block starts at a multiple of a vector.
        s.begin = end[s.slot] + rounded(s.samples) - s.samples;
        end[s.slot] += s.rows * s.row + 16;
      }
    for (int k = 0; k < memory.slots; ++k) {
      memory.first[k] = memory.elements;
      memory.elements += end[k] + 16;  // vectors are loaded beyond the last element
    }
  }
};

}  // namespace detail
}  // namespace tapeless
