#pragma once
// Where time runs in each value of a network over a sequence.
//
// Every value that follows time is known by its axis of time and by the sample that its first
// element belongs to. `stream_time` walks the declared graph once from the input to the output and
// names what a stream cannot do. What the walk is not sure of it refuses.

#include <tapeless/graph/table.hpp>
#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/detach.hpp>
#include <tapeless/ops/diagonal.hpp>
#include <tapeless/ops/extended.hpp>
#include <tapeless/ops/first_maximum.hpp>
#include <tapeless/ops/gather.hpp>
#include <tapeless/ops/scan.hpp>
#include <tapeless/ops/select.hpp>
#include <tapeless/ops/softmax.hpp>
#include <tapeless/ops/standardized.hpp>
#include <tapeless/ops/transpose.hpp>
#include <tapeless/ops/window.hpp>
#include <tapeless/ops/write_back.hpp>
#include <tapeless/transform/values_in_time.hpp>

namespace tapeless {

namespace detail {

/// The walk from the input to the output.
template <int Nodes>
struct stream_time : values_in_time<Nodes> {
  using base = values_in_time<Nodes>;
  using base::axis;
  using base::carries;
  using base::error;
  using base::failed;
  using base::farthest;
  using base::input;
  using base::missing;
  using base::nearest;
  using base::of_one_step;
  using base::output;
  using base::room;

  template <int Tensors>
  constexpr stream_time(const graph_table<Nodes, Tensors>& g, int time_axis) {
    if (g.error.what != problem::none) {
      error = g.error;
      return;
    }
    find_input(g, time_axis);
    output = g.results[0];
    bool live[room] = {};
    mark_live(g, live, output);
    for (int i = 0; i < Nodes && !failed(); ++i)
      if (live[i] || g[i].op->kind == family::tensor) visit(g, i, time_axis);
    if (!failed() && axis[output] < 0) fail(g, output, problem::stream_without_time);
  }

  /// Marks what the output needs. A carried value needs its history, which comes after the value.
  template <class Graph>
  static constexpr void mark_live(const Graph& g, bool* live, int output) {
    live[output] = true;
    for (bool again = true; again;) {
      for (int i = Nodes - 1; i >= 0; --i)
        for (int k = 0; k < g[i].op->arity && live[i]; ++k) live[g[i].in[k]] = true;
      again = false;
      for (int i = 0; i < Nodes; ++i)
        if (is<carried_history>(g[i].op) && live[g[i].in[2]] && !live[i]) again = live[i] = true;
    }
  }

 protected:
  using base::fail;

 private:
  using base::follow;
  using base::take_over;

  // From the input to the output: the axis of time, and which sample comes first.

  template <class Graph>
  constexpr void find_input(const Graph& g, int time_axis) {
    int count = 0;
    for (int i = 0; i < Graph::tensor_count; ++i)
      if (g.tensors[i].where == place::input) {
        input = i;
        ++count;
      }
    if (count != 1 || g.result_count != 1) {
      error.what = problem::stream_of_several_inputs;
      error.got = shape{count, g.result_count};
      error.wanted = shape{1, 1};
      return;
    }
    const shape& dims = g.tensors[input].dims;
    const int a = time_axis < 0 ? time_axis + dims.rank : time_axis;
    if (a < 0 || a >= dims.rank) {
      error.what = problem::stream_has_no_time_axis;
      error.where = g.tensors[input].name;
      error.got = shape{time_axis};
      error.wanted = dims;
    }
  }

  template <class Graph>
  constexpr void visit(const Graph& g, int i, int time_axis) {
    const node& n = g[i];
    axis[i] = -1;
    if (n.op->kind == family::tensor) {
      if (tensor_of(n) == input) axis[i] = time_axis < 0 ? time_axis + n.dims.rank : time_axis;
      return;
    }
    if (n.scan != 0 || leaves_a_scan(n)) return visit_scan(g, i);
    for (int k = 0; k < n.op->arity; ++k)
      if (axis[n.in[k]] == of_one_step) return fail(g, i, problem::stream_of_a_last_state);
    int first = -1;  // operand that follows time
    for (int k = n.op->arity - 1; k >= 0; --k)
      if (axis[n.in[k]] >= 0) first = n.in[k];
    if (first < 0) {
      if (n.op->kind == family::index && n.op->arity > 0)
        fail(g, i, problem::stream_of_unknown_operation);  // random numbers
      return;
    }
    switch (n.op->kind) {
      case family::elementwise:
        return visit_elementwise(g, i);
      case family::contraction:
        return visit_contraction(g, i);
      case family::reduction:
        return visit_reduction(g, i);
      case family::view:
        return visit_view(g, i);
      case family::join:
        return visit_join(g, i);
      case family::rows:
        return visit_rows(g, i);
      case family::composite:
        return visit_composite(g, i);
      default:
        return fail(g, i, problem::stream_of_unknown_operation);
    }
  }

  /// Values of a scan over time, and what leaves the scan.
  template <class Graph>
  constexpr void visit_scan(const Graph& g, int i) {
    const node& n = g[i];
    axis[i] = of_one_step;
    const bool inner = belongs_to_inner_scan(n);
    if (is<carried_history>(n.op) && !inner) return;
    if (is<at_step>(n.op) && !inner) return visit_sequence(g, i);
    if (is<carried>(n.op) && !inner) return visit_carried(g, i);
    bool any = false;
    for (int k = 0; k < n.op->arity; ++k) {
      const int o = n.in[k];
      if (axis[o] >= 0) return fail(g, i, problem::stream_joins_all_of_time);
      if (axis[o] != of_one_step) continue;
      if (!any || nearest[o] < nearest[i]) nearest[i] = nearest[o];
      if (!any || farthest[o] > farthest[i]) farthest[i] = farthest[o];
      any = true;
    }
    if (is<stacked_steps>(n.op) && !inner) axis[i] = 0;
    if (inner && !any) nearest[i] = 1 << 20;  // no sample of the input yet
  }
  template <class Graph>
  constexpr void visit_sequence(const Graph& g, int i) {
    const int o = g[i].in[0];
    const at_step::attributes a = attributes_of<at_step>(g[i]);
    if (axis[o] < 0) return fail(g, i, problem::stream_knows_positions);
    if (axis[o] > 0) return fail(g, i, problem::stream_moves_time);
    if (a.step < 0) return fail(g, i, problem::stream_runs_backwards);
    if (a.first != 0 || a.trips != g[o].dims[0] || missing[o] != 0)
      return fail(g, i, problem::stream_recurrence_starts_late);
    nearest[i] = nearest[o];
    farthest[i] = farthest[o];
  }
  template <class Graph>
  constexpr void visit_carried(const Graph& g, int i) {
    const int o = g[i].in[0];
    const node& start = g[o];
    if (axis[o] != -1) return fail(g, i, problem::stream_start_of_samples);
    if (start.op->kind != family::constant) carries.starts_are_computed = true;
    if (carries.count == carried_values::most) return fail(g, i, problem::stream_carries_too_much);
    const int k = carries.count++;
    carries.node[k] = i;
    carries.first[k] = carries.elements;
    carries.size[k] = start.dims.count();
    carries.start[k] = o;
    carries.elements += carries.size[k];
    // No input counts for what is carried alone.
    nearest[i] = 1 << 20;
  }

  template <class Graph>
  constexpr void visit_elementwise(const Graph& g, int i) {
    const node& n = g[i];
    int time = -1;
    for (int k = 0; k < n.op->arity; ++k) {
      const int o = n.in[k];
      if (axis[o] < 0) continue;
      const int own = axis[o] + n.dims.rank - g[o].dims.rank;
      if (time >= 0 && own != time) return fail(g, i, problem::stream_moves_time);
      if (g[o].dims[axis[o]] != n.dims[own]) return fail(g, i, problem::stream_knows_positions);
      time = own;
    }
    for (int k = 0; k < n.op->arity; ++k) {
      const int o = n.in[k];
      if (axis[o] >= 0 || g[o].op->kind == family::constant) continue;
      const int own = time - (n.dims.rank - g[o].dims.rank);
      if (own >= 0 && g[o].dims[own] != 1) return fail(g, i, problem::stream_knows_positions);
    }
    follow(g, i, time);
  }

  template <class Graph>
  constexpr void visit_contraction(const Graph& g, int i) {
    const node& n = g[i];
    const contract::attributes at = attributes_of<contract>(n);
    const int a = axis[n.in[0]], b = axis[n.in[1]];
    if (at.sum_batch) return fail(g, i, problem::stream_of_unknown_operation);
    if (a >= 0 && b >= 0 && at.left[a] != at.right[b])
      return fail(g, i, problem::stream_moves_time);
    const auto label = a >= 0 ? at.left[a] : at.right[b];
    if ((a < 0 && at.left.find(label) >= 0) || (b < 0 && at.right.find(label) >= 0))
      return fail(g, i, problem::stream_knows_positions);
    const int time = at.out.find(label);
    if (time < 0) return fail(g, i, problem::stream_joins_all_of_time);
    follow(g, i, time);
  }

  /// Rows at the indices of each sample; the table is the same for all of time.
  template <class Graph>
  constexpr void visit_rows(const Graph& g, int i) {
    const node& n = g[i];
    if (adds_rows(n)) return fail(g, i, problem::stream_of_unknown_operation);
    if (axis[n.in[0]] >= 0) return fail(g, i, problem::stream_joins_all_of_time);
    if (unpack<row_attributes>(n.attr).lead > 0) return fail(g, i, problem::stream_knows_positions);
    follow(g, i, axis[n.in[1]]);
  }

  template <class Graph>
  constexpr void visit_reduction(const Graph& g, int i) {
    const node& n = g[i];
    const auto a = unpack<reduced_axes::attributes>(n.attr);
    if (a.batch) return fail(g, i, problem::stream_of_unknown_operation);
    follow_reduced(g, i, a);
  }
  template <class Graph>
  constexpr void follow_reduced(const Graph& g, int i, const reduced_axes::attributes& a) {
    const int from = axis[g[i].in[0]];
    if ((a.axes >> from & 1) != 0) return fail(g, i, problem::stream_joins_all_of_time);
    int time = from;
    for (int k = 0; k < from && !a.keep; ++k) time -= static_cast<int>(a.axes >> k & 1);
    follow(g, i, time);
  }

  template <class Graph>
  constexpr void visit_view(const Graph& g, int i) {
    const node& n = g[i];
    const int o = n.in[0], from = axis[o];
    const shape& dims = g[o].dims;
    if (is<reshape>(n.op)) {
      const int time = same_axis(dims, from, n.dims);
      return time < 0 ? fail(g, i, problem::stream_moves_time) : take_over(i, o, time, 0, 0);
    }
    if (is<transpose>(n.op)) {
      const shape order = attributes_of<transpose>(n).order;
      for (int k = 0; k < order.rank; ++k)
        if (order[k] == from) take_over(i, o, k, 0, 0);
      return;
    }
    if (is<slice>(n.op)) {
      const slice::attributes a = attributes_of<slice>(n);
      if (a.axis != from) return take_over(i, o, from, 0, 0);
      if (a.step < 0) return fail(g, i, problem::stream_runs_backwards);
      if (a.step > 1) return fail(g, i, problem::stream_skips_samples);
      return take_over(i, o, from, a.begin, 0);
    }
    if (is<taps>(n.op)) {
      const taps::attributes a = attributes_of<taps>(n);
      if (a.axis != from) return take_over(i, o, from + (from > a.axis), 0, 0);
      if (a.dilation < 0) return fail(g, i, problem::stream_runs_backwards);
      if (a.stride != 1) return fail(g, i, problem::stream_skips_samples);
      const int behind = (a.count - 1) * a.dilation;
      return take_over(i, o, from, a.begin + behind, behind);
    }
    if (is<expand>(n.op)) {
      const int time = from + n.dims.rank - dims.rank;
      if (n.dims[time] != dims[from]) return fail(g, i, problem::stream_knows_positions);
      return take_over(i, o, time, 0, 0);
    }
    if (is<diagonal>(n.op)) {
      const diagonal::attributes a = attributes_of<diagonal>(n);
      if (a.first == from || a.second == from) return fail(g, i, problem::stream_moves_time);
      return take_over(i, o, from - (a.second < from), 0, 0);
    }
    if (is<detach>(n.op) || is<spread>(n.op)) return take_over(i, o, from, 0, 0);
    fail(g, i, problem::stream_of_unknown_operation);
  }
  /// The axis of a reshaped value that is that axis of the operand; -1 where none is, or where
  /// several could be.
  static constexpr int same_axis(const shape& in, int axis_in, const shape& out) {
    if (in == out) return axis_in;
    if (in[axis_in] == 1) return -1;
    int before = 1;
    for (int k = 0; k < axis_in; ++k) before *= in[k];
    for (int k = 0, own = 1; k < out.rank; own *= out[k++])
      if (own == before && out[k] == in[axis_in]) return k;
    return -1;
  }

  template <class Graph>
  constexpr void visit_join(const Graph& g, int i) {
    const node& n = g[i];
    const int from = axis[n.in[0]];
    if (is<pad>(n.op)) {
      const pad::attributes a = attributes_of<pad>(n);
      if (a.axis != from) return follow(g, i, from);
      if (a.after > 0) return fail(g, i, problem::stream_looks_ahead);
      // The stream computes numbers for samples in front of the value's first one too.
      if (a.before > 0 && missing[n.in[0]] > 0) return fail(g, i, problem::stream_pads_late);
      return take_over(i, n.in[0], from, -a.before, 0);
    }
    if (!is<concat>(n.op)) return fail(g, i, problem::stream_of_unknown_operation);
    for (int k = 0; k < 2; ++k) {
      const int o = n.in[k], other = axis[n.in[1 - k]];
      if (axis[o] >= 0 && axis[o] == attributes_of<concat>(n).axis)
        return fail(g, i, problem::stream_moves_time);
      if (axis[o] >= 0 && other >= 0 && axis[o] != other)
        return fail(g, i, problem::stream_moves_time);
      if (axis[o] < 0 && g[o].op->kind != family::constant)
        return fail(g, i, problem::stream_knows_positions);
    }
    follow(g, i, from >= 0 ? from : axis[n.in[1]]);
  }

  template <class Graph>
  constexpr void visit_composite(const Graph& g, int i) {
    const node& n = g[i];
    const int o = n.in[0], from = axis[o];
    if (is<first_maximum>(n.op))
      return follow_reduced(g, i, unpack<reduced_axes::attributes>(n.attr));
    if (is<softmax>(n.op) || is<log_softmax>(n.op) || is<log_sum_exp>(n.op)) {
      const int along = g[o].dims.rank - 1 - unpack<over_one_axis::attributes>(n.attr).from_last;
      if (along == from) return fail(g, i, problem::stream_joins_all_of_time);
      if (n.dims.rank != g[o].dims.rank) return follow(g, i, from - (along < from));
      return follow(g, i, from);
    }
    if (is<standardized>(n.op)) {
      const standardized::attributes a = attributes_of<standardized>(n);
      if ((a.axes >> from & 1) != 0) return fail(g, i, problem::stream_joins_all_of_time);
      if (a.batch || axis[n.in[1]] >= 0) return fail(g, i, problem::stream_of_unknown_operation);
      return follow(g, i, from);
    }
    fail(g, i, problem::stream_of_unknown_operation);
  }
};

}  // namespace detail
}  // namespace tapeless
