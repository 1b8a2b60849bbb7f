#pragma once
// A network over a sequence becomes one over a block of samples behind those that came before: the
// graph of a block, from what `stream_analysis` knows.

#include <tapeless/transform/stream_analysis.hpp>

namespace tapeless {

namespace detail {

/// Writes the graph of a block.
template <int Nodes, int Tensors>
struct stream_builder {
  graph& g;
  const graph_table<Nodes, Tensors>& from;
  const stream_analysis<Nodes>& known;
  int block;
  value map[Nodes > 0 ? Nodes : 1] = {};
  value extended_map[Nodes > 0 ? Nodes : 1][stream_analysis<Nodes>::most_borders] = {};
  value start[carried_values::most] = {}, carried_on[carried_values::most] = {};
  int numbers = 0;

  constexpr void run() {
    load_frame(g, from);
    if (known.failed()) {
      g.error = known.error;
      return;
    }
    bool live[Nodes > 0 ? Nodes : 1] = {};
    stream_analysis<Nodes>::mark_live(from, live, known.output);
    for (int i = 0; i < Nodes && !g.failed(); ++i)
      if (live[i] || from[i].op->kind == family::tensor) map[i] = built(i);
    if (g.failed()) return;
    value y = at(known.output, known.missing[known.output] < 0 ? -known.missing[known.output] : 0);
    y = time_first(y, known.axis[known.output]);
    if (!y.batched()) y = apply<spread>(y);
    g.yield(y);
    store(y, place::output);
    for (int k = 0; k < known.carries.count; ++k) {
      g.yield(carried_on[k]);
      store(carried_on[k], place::output, 1 + k);
    }
  }

  /// In place of a block: what recurrences carry into the first one.
  constexpr void run_starts() {
    load_frame(g, from);
    bool live[Nodes > 0 ? Nodes : 1] = {};
    for (int k = 0; k < known.carries.count; ++k)
      stream_analysis<Nodes>::mark_live(from, live, known.carries.start[k]);
    for (int i = 0; i < Nodes && !g.failed(); ++i)
      if (live[i]) map[i] = built(i);
    for (int k = 0; k < known.carries.count && !g.failed(); ++k) {
      value v = map[known.carries.start[k]];
      if (!v.batched()) v = apply<spread>(v);
      g.yield(v);
      store(v, place::output, k);
    }
  }

 private:
  constexpr shape dims_with(int i, int extent) const {
    shape s = from[i].dims;
    if (known.axis[i] >= 0) s.extent[known.axis[i]] = extent;
    return s;
  }
  /// One channel lies in its rows as it does in time.
  static constexpr bool lies_in_rows(const shape& dims, int axis) {
    return axis == 0 || dims.count() == dims[axis];
  }
  static constexpr value time_first(value x, int axis) {
    if (lies_in_rows(x.dims(), axis)) return x;
    shape order = x.dims();
    order.extent[0] = axis;
    for (int k = 1; k < order.rank; ++k) order.extent[k] = k <= axis ? k - 1 : k;
    return apply_with<transpose>({order}, x);
  }
  static constexpr value time_back(value x, int axis) {
    shape order = x.dims();
    for (int k = 0; k < order.rank; ++k) order.extent[k] = k < axis ? k + 1 : k == axis ? 0 : k;
    return apply_with<transpose>({order}, x);
  }

  /// The block of node i `late` samples before the newest.
  constexpr value at(int i, int late) {
    if (late == 0) return map[i];
    return apply_with<slice>({known.axis[i], 0, block}, seen_with(i, late, {}));
  }

  /// Node i with so many samples before those of the block.
  constexpr value seen_with(int i, int earlier, const border& b) {
    if (earlier == 0) return map[i];
    const node& n = from[i];
    if (known.passage_of(from, i) == passage::same)
      return seen_with(n.in[0], earlier, known.border_below(from, i, b));
    if (known.passage_of(from, i) == passage::seen)
      return viewed(i, seen_with(n.in[0], earlier + known.reach(from, i),
                                 known.border_below(from, i, b)),
                    earlier + block);
    const int k = known.which(i, earlier, b);
    const kept_samples& s = known.kept[i][k];
    value& e = extended_map[i][k];
    if (!e.recorded()) e = extended_value(i, s);
    return apply_with<slice>({known.axis[i], s.samples - earlier, earlier + block}, e);
  }
  constexpr value extended_value(int i, const kept_samples& s) {
    const value earlier = g.leaf(path{"history"}.join(numbers++), place::history,
                                 dims_with(i, s.samples), true, s.slot);
    return apply_with<extended>({known.axis[i], s.row, s.begin, s.slot}, earlier, map[i]);
  }

  /// The view that node i is, of an operand with earlier samples.
  constexpr value viewed(int i, value x, int extent) {
    const node& n = from[i];
    const int time = known.axis[n.in[0]];
    if (is<reshape>(n.op)) return apply_with<reshape>({dims_with(i, extent)}, x);
    if (is<expand>(n.op)) return apply_with<expand>({dims_with(i, extent)}, x);
    if (is<taps>(n.op))
      if (const taps::attributes a = attributes_of<taps>(n); a.axis == time)
        return apply_with<taps>({time, extent, a.count, 0, 1, a.dilation}, x);
    return g.add(n.op, &x, n.attr);
  }

  constexpr value built(int i) {
    const node& n = from[i];
    if (n.op->kind == family::tensor) return leaf(n);
    if (n.op->kind == family::constant) return g.constant(number_of(n), n.dims, n.batched);
    if (known.axis[i] >= 0 && known.passage_of(from, i) == passage::same) return map[n.in[0]];
    if (n.scan != 0 || leaves_a_scan(n)) return built_of_scan(i);
    value v;
    if (known.axis[i] >= 0 && known.passage_of(from, i) == passage::seen) {
      v = viewed(i, seen_with(n.in[0], known.reach(from, i), known.border_below(from, i, {})),
                 block);
    } else {
      value in[max_operands];
      for (int k = 0; k < n.op->arity; ++k) in[k] = operand(i, n.in[k]);
      v = sums_nothing(n) ? product(n, in) : g.add(n.op, in, n.attr);
    }
    // What comes out as something else is not the declared computation.
    if (!g.failed() && v.dims() != dims_with(i, block)) {
      g.fail(problem::stream_of_unknown_operation, path{n.op->name}, v.dims(), n.dims);
    }
    return v;
  }
  /// What belongs to a scan, over the steps of the block: it starts from what the block before left.
  constexpr value built_of_scan(int i) {
    const node& n = from[i];
    value in[max_operands];
    for (int k = 0; k < n.op->arity; ++k) in[k] = map[n.in[k]];
    if (belongs_to_inner_scan(n)) return built_inside(n, in);
    if (is<at_step>(n.op)) return apply_with<at_step>({n.scan, block, 0, 1}, in[0]);
    if (is<stacked_steps>(n.op)) {
      const int scan = attributes_of<stacked_steps>(n).scan;
      return apply_with<stacked_steps>({scan, block, 0, 1}, in[0]);
    }
    if (is<carried>(n.op)) {
      const int k = known.carries.find(i);
      start[k] = g.leaf(path{"carried"}.join(k), place::input, n.dims, true, 1 + k);
      return apply_with<carried>({n.scan, block, k}, start[k]);
    }
    if (is<carried_history>(n.op)) {
      const int k = known.carries.find(n.in[2]);
      const int scan = attributes_of<carried_history>(n).scan;
      const value all = apply_with<carried_history>({scan, block}, start[k], in[1], in[2]);
      if (!g.failed())
        carried_on[k] = math::reshape(along_first(all, block, 1, 1), from[n.in[2]].dims);
      return all;
    }
    return g.add(n.op, in, n.attr);
  }
  /// What belongs to a scan in the body of a scan over time is as it was, for fewer samples.
  constexpr value built_inside(const node& n, const value* in) {
    const auto in_block = [&](auto a) {
      a.outer_trips = block;
      return g.add(n.op, in, pack(a));
    };
    if (is<at_step>(n.op)) return in_block(attributes_of<at_step>(n));
    if (is<carried>(n.op)) return in_block(attributes_of<carried>(n));
    if (is<stacked_steps>(n.op)) return in_block(attributes_of<stacked_steps>(n));
    if (is<carried_history>(n.op)) return in_block(attributes_of<carried_history>(n));
    return g.add(n.op, in, n.attr);
  }
  /// Whether a contraction has one term alone, as the one channel of an input.
  constexpr bool sums_nothing(const node& n) const {
    if (n.op->kind != family::contraction) return false;
    const contract::attributes a = attributes_of<contract>(n);
    for (int k = 0; k < a.left.rank(); ++k)
      if (a.out.find(a.left[k]) < 0 && from[n.in[0]].dims[k] != 1) return false;
    return true;
  }
  /// Such a contraction element by element: what comes before or behind it takes it up.
  constexpr value product(const node& n, const value* in) {
    const contract::attributes a = attributes_of<contract>(n);
    return in_order_of(a.out, a.left, in[0]) * in_order_of(a.out, a.right, in[1]);
  }
  /// x with the labels of `out`, those it lacks with extent 1, and without all others.
  static constexpr value in_order_of(const axis_labels& out, const axis_labels& own, value x) {
    shape order, dims;
    order.rank = own.rank();
    dims.rank = out.rank();
    int taken = 0;
    for (int k = 0; k < out.rank(); ++k) {
      const int at = own.find(out[k]);
      dims.extent[k] = at < 0 ? 1 : x.dims()[at];
      if (at >= 0) order.extent[taken++] = at;
    }
    for (int k = 0; k < own.rank(); ++k)
      if (out.find(own[k]) < 0) order.extent[taken++] = k;
    return math::reshape(math::permute(x, order), dims);
  }
  constexpr value operand(int user, int o) {
    if (known.axis[o] >= 0) return at(o, known.delay(from, user, o));
    if (known.axis[user] < 0 || from[o].op->kind != family::constant) return map[o];
    // A number has the extents of what it stands beside.
    if (from[user].op->kind == family::elementwise) return g.constant(number_of(from[o]));
    shape dims = from[o].dims;
    if (from[user].op->kind == family::join) dims.extent[known.axis[user]] = block;
    return g.constant(number_of(from[o]), dims, from[o].batched);
  }
  /// Inputs come as rows of one sample of all channels each.
  constexpr value leaf(const node& n) {
    const int t = tensor_of(n);
    node own = n;
    if (t == known.input) {
      const int axis = known.axis[from.tensors[t].node];
      const bool in_rows = lies_in_rows(n.dims, axis);
      own.dims.extent[in_rows ? axis : 0] = block;
      for (int k = 1; k < n.dims.rank && !in_rows; ++k)
        own.dims.extent[k] = n.dims[k <= axis ? k - 1 : k];
      g.tensors[t].dims = own.dims;
      const value x = g.intern(own);
      g.tensors[t].node = x.id;
      return in_rows ? x : time_back(x, axis);
    }
    const value v = g.intern(own);
    g.tensors[t].node = v.id;
    return v;
  }
};

}  // namespace detail
}  // namespace tapeless
