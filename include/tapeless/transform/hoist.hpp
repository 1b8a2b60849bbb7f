#pragma once
// Takes out of scans what need not be computed step by step.
//
// A node has to stay in its scan if it depends on what is carried and something carried depends on
// the node. Everything else is computed for all steps at once, with one more axis in front: what
// comes from the sequences alone before the scan (input projections are one product), what nothing
// carried needs after it (outputs, and gradients of weights, which are one product over all steps).
// A scan of tl::map and one whose steps a gradient recomputes keep all of their nodes, so that
// memory for one step at a time is enough.

#include <tapeless/graph/table.hpp>
#include <tapeless/ops/concat.hpp>
#include <tapeless/ops/contract.hpp>
#include <tapeless/ops/detach.hpp>
#include <tapeless/ops/gather.hpp>
#include <tapeless/ops/scan.hpp>
#include <tapeless/ops/sum.hpp>
#include <tapeless/ops/transpose.hpp>

namespace tapeless::detail {

/// A graph between two stages, with the frame of another one.
struct working_graph {
  graph g;

  constexpr working_graph(const graph& frame, int capacity) {
    g = frame;
    g.capacity = capacity;
    g.count = 0;
    g.bucket_count = 1;
    while (g.bucket_count < 2 * capacity) g.bucket_count *= 2;
    g.nodes = new node[static_cast<std::size_t>(capacity)]{};
    g.buckets = new int[static_cast<std::size_t>(g.bucket_count)]{};
  }
  constexpr ~working_graph() {
    delete[] g.nodes;
    delete[] g.buckets;
  }
  working_graph(const working_graph&) = delete;
  working_graph& operator=(const working_graph&) = delete;
};

/// Whether an operation has a form for all steps at once.
constexpr bool can_be_lifted(const node& n) {
  if (n.dims.rank == max_rank) return false;
  switch (n.op->kind) {
    case family::elementwise:
    case family::reduction:
    case family::rows:
      return true;
    case family::contraction: {
      const contract::attributes a = attributes_of<contract>(n);
      return a.left.rank() < max_rank && a.right.rank() < max_rank;
    }
    case family::view:
      return is<at_step>(n.op) || is<reshape>(n.op) || is<expand>(n.op) || is<transpose>(n.op) ||
             is<slice>(n.op) || is<spread>(n.op) || is<detach>(n.op);
    case family::join:
      return is<concat>(n.op) || is<pad>(n.op);
    default:
      return false;
  }
}

/// A node for all steps at once. Operands that differ from step to step (`timed`) have the axis of
/// steps in front, and so has the result.
class lifted_node {
 public:
  constexpr lifted_node(graph& graph, const node& original, int steps)
      : g{graph}, n{original}, steps_{steps} {}

  constexpr value of(const value* in, const bool* timed, const shape* dims) const {
    switch (n.op->kind) {
      case family::elementwise:
        return elementwise(in, timed, dims);
      case family::contraction:
        return contraction(in, timed);
      case family::reduction: {
        auto a = unpack<reduced_axes::attributes>(n.attr);
        a.axes <<= 1;
        return g.add(n.op, in, pack(a));
      }
      case family::rows:
        return rows(in, timed);
      case family::join:
        return join(in, timed);
      default:
        return view(in, dims);
    }
  }

 private:
  graph& g;
  const node& n;
  int steps_;

  constexpr value elementwise(const value* in, const bool* timed, const shape* dims) const {
    value own[max_operands];
    for (int k = 0; k < n.op->arity; ++k) {
      own[k] = in[k];
      if (timed[k]) own[k] = aligned(in[k], dims[k], n.dims.rank);
    }
    return g.add(n.op, own, n.attr);
  }
  /// Axes of extent 1 behind the axis of steps, so that the others meet those of the result.
  constexpr value aligned(value x, const shape& dims, int rank) const {
    if (dims.rank == rank) return x;
    shape wide;
    for (int i = dims.rank; i < rank; ++i) wide.extent[wide.rank++] = 1;
    for (int i = 0; i < dims.rank; ++i) wide.extent[wide.rank++] = dims[i];
    return math::reshape(x, with_first(steps_, wide));
  }

  constexpr value contraction(const value* in, const bool* timed) const {
    contract::attributes a = attributes_of<contract>(n);
    unsigned seen = 0;
    for (const axis_labels& l : {a.left, a.right, a.out})
      for (int i = 0; i < l.rank(); ++i) seen |= 1u << l[i];
    int step = 1;
    while ((seen >> step & 1) != 0) ++step;
    if (timed[0]) a.left.bits = a.left.bits << 4 | step;
    if (timed[1]) a.right.bits = a.right.bits << 4 | step;
    a.out.bits = a.out.bits << 4 | step;
    return g.add(n.op, in, pack(a));
  }

  /// The axis of steps is one more in front of tables and indices; of a table that is the same for
  /// all steps one more of the indices alone.
  constexpr value rows(const value* in, const bool* timed) const {
    auto a = unpack<row_attributes>(n.attr);
    const value index = timed[1] ? in[1] : repeated(in[1], steps_);
    if (!adds_rows(n) && !timed[0] && a.lead == 0) {
      const value own[] = {in[0], index};
      return g.add(n.op, own, n.attr);
    }
    ++a.lead;
    const value own[] = {timed[0] ? in[0] : repeated(in[0], steps_), index};
    return g.add(n.op, own, pack(a));
  }

  constexpr value join(const value* in, const bool* timed) const {
    value own[max_operands];
    for (int k = 0; k < n.op->arity; ++k) own[k] = timed[k] ? in[k] : repeated(in[k], steps_);
    if (is<pad>(n.op)) {
      auto a = attributes_of<pad>(n);
      ++a.axis;
      return g.add(n.op, own, pack(a));
    }
    auto a = attributes_of<concat>(n);
    ++a.axis;
    return g.add(n.op, own, pack(a));
  }

  constexpr value view(const value* in, const shape* dims) const {
    if (is<reshape>(n.op)) return math::reshape(in[0], with_first(steps_, n.dims));
    if (is<expand>(n.op))
      return math::expand(aligned(in[0], dims[0], n.dims.rank), with_first(steps_, n.dims));
    if (is<transpose>(n.op)) {
      const auto a = attributes_of<transpose>(n);
      shape order{0};
      for (int i = 0; i < a.order.rank; ++i) order.extent[order.rank++] = a.order[i] + 1;
      return math::permute(in[0], order);
    }
    if (is<slice>(n.op)) {
      auto a = attributes_of<slice>(n);
      ++a.axis;
      return g.add(n.op, in, pack(a));
    }
    return g.add(n.op, in, n.attr);  // the same for all shapes: spread, detach
  }
};

/// Which scans a pass of hoisting is about: first those in the bodies of others, to the level of
/// these, then those outside of all. A scan that is left in a body stays there as a whole.
enum class hoisted_scans : std::uint8_t { inner, outer };

/// Copies a graph whose scans hold everything that depends on a step to one whose scans hold only
/// what has to be in them. The nodes of a scan follow one another there.
class hoisting {
 public:
  constexpr hoisting(graph& to, const graph& from, hoisted_scans which)
      : g{to},
        f{from},
        inner_{which == hoisted_scans::inner},
        count_{from.count},
        scans_{from.scan_count + 1},
        stays_{new bool[room()]{}},
        level_{new int[room()]{}},
        inside_{new int[room()]{}},
        outside_{new int[room()]{}},
        history_{new int[room()]{}},
        next_of_{new int[room()]{}},
        scan_level_{new int[static_cast<std::size_t>(scans_)]{}} {}
  constexpr ~hoisting() {
    delete[] stays_;
    delete[] level_;
    delete[] inside_;
    delete[] outside_;
    delete[] history_;
    delete[] next_of_;
    delete[] scan_level_;
  }
  hoisting(const hoisting&) = delete;
  hoisting& operator=(const hoisting&) = delete;

  constexpr void run() {
    find_histories();
    find_what_stays();
    while (raise_levels()) {
    }
    int top = 0;
    for (int i = 0; i < count_; ++i) top = level_[i] > top ? level_[i] : top;
    for (int l = 0; l <= top && !g.failed(); ++l) {
      for (int i = 0; i < count_ && !g.failed(); ++i)
        if (!stays_[i] && level_[i] == l) emit_outside(i);
      for (int s = 1; s < scans_ && !g.failed(); ++s)
        if (scan_level_[s] == l) emit_scan(s);
    }
    for (int i = 0; i < f.result_count && !g.failed(); ++i) g.results[i] = outside(f.results[i]).id;
    g.result_count = f.result_count;
  }

 private:
  graph& g;
  const graph& f;
  bool inner_;
  int count_, scans_;
  bool* stays_;   // has to be computed step by step; histories too, as part of their scan
  int* level_;    // scans that must have run before
  int* inside_;   // what it is in its scan, node of the new graph + 1
  int* outside_;  // what it is outside, for all steps: node of the new graph + 1
  int* history_;  // of a carried value: its history + 1
  int* next_of_;  // of a value that is carried on: the history + 1
  int* scan_level_;

  constexpr std::size_t room() const { return static_cast<std::size_t>(count_) + 1; }
  constexpr bool is_history(int i) const {
    return f[i].op->kind == family::join && is<carried_history>(f[i].op) &&
           (f[i].scan != 0) == inner_;
  }
  constexpr bool is_stacked(int i) const {
    return f[i].op->kind == family::join && is<stacked_steps>(f[i].op) &&
           (f[i].scan != 0) == inner_;
  }
  /// The scan of this pass that a node belongs to, 0 for none.
  constexpr int loop_of(int i) const { return inner_ ? f[i].inner : f[i].scan; }
  constexpr int trips_of(int i) const { return inner_ ? f[i].inner_trips : f[i].trips; }
  constexpr int outer_of(int i) const { return inner_ ? f[i].scan : 0; }
  constexpr int outer_trips_of(int i) const { return inner_ ? f[i].trips : 0; }
  constexpr int scan_of(int i) const { return is_history(i) ? loop_of(f[i].in[2]) : loop_of(i); }
  constexpr bool can_leave(int i) const {
    return (inner_ || f[i].inner == 0) && can_be_lifted(f[i]);
  }

  constexpr void find_histories() {
    for (int i = 0; i < count_; ++i)
      if (is_history(i)) {
        history_[f[i].in[2]] = i + 1;
        if (loop_of(f[i].in[1]) == loop_of(f[i].in[2])) next_of_[f[i].in[1]] = i + 1;
      }
  }

  constexpr void find_what_stays() {
    bool* const depends = new bool[room()]{};  // on what is carried
    bool* const feeds = new bool[room()]{};    // what is carried
    bool* const keeps_all = new bool[static_cast<std::size_t>(scans_)]{};
    for (int i = 0; i < count_; ++i)
      if (f[i].scan != 0 && is<at_step>(f[i].op) &&
          attributes_of<at_step>(f[i]).rule != scan_rule::leaves)
        keeps_all[innermost_scan(f[i])] = true;
    for (int i = 0; i < count_; ++i) {
      const node& n = f[i];
      const int loop = loop_of(i);
      if (loop == 0) continue;
      depends[i] = is<carried>(n.op) || !can_leave(i) || keeps_all[loop];
      for (int k = 0; k < n.op->arity; ++k)
        depends[i] = depends[i] || (loop_of(n.in[k]) == loop && depends[n.in[k]]);
    }
    for (int i = count_ - 1; i >= 0; --i) {
      const node& n = f[i];
      if (is_history(i)) {
        stays_[i] = feeds[n.in[1]] = feeds[n.in[2]] = true;
        continue;
      }
      const int loop = loop_of(i);
      if (loop == 0) continue;
      if (!can_leave(i) || keeps_all[loop]) feeds[i] = true;
      stays_[i] = depends[i] && feeds[i];
      for (int k = 0; k < n.op->arity && feeds[i]; ++k)
        if (loop_of(n.in[k]) == loop) feeds[n.in[k]] = true;
    }
    delete[] depends;
    delete[] feeds;
    delete[] keeps_all;
  }

  constexpr bool raise(int& level, int to) {
    if (level >= to) return false;
    level = to;
    return true;
  }
  /// Once over all nodes; true if a level changed.
  constexpr bool raise_levels() {
    bool changed = false;
    for (int i = 0; i < count_; ++i) {
      const node& n = f[i];
      const int scan = scan_of(i);
      for (int k = 0; k < n.op->arity; ++k) {
        const int o = n.in[k];
        const int above = stays_[o] && scan_of(o) != 0 ? scan_level_[scan_of(o)] + 1 : level_[o];
        if (!stays_[i])
          changed = raise(level_[i], above) || changed;
        else if (!stays_[o])
          changed = raise(scan_level_[scan], level_[o]) || changed;
      }
    }
    return changed;
  }

  constexpr void emit_outside(int i) {
    const node& n = f[i];
    value v;
    if (is_stacked(i)) {
      v = emit_stacked(n);
    } else if (loop_of(i) == 0) {
      node own = n;
      for (int k = 0; k < n.op->arity; ++k) own.in[k] = outside(n.in[k]).id;
      if (inner_ && n.scan != 0 && !is<at_step>(n.op) && !is<carried>(n.op)) join_scan_again(own);
      v = sums_products_over_steps(own) ? product_over_steps(own)
          : is<sum>(n.op)               ? sum_over_steps(own)
                                        : g.intern(own);
      if (n.op->kind == family::tensor) g.tensors[tensor_of(n)].node = v.id;
    } else if (is<at_step>(n.op)) {
      const at_step::attributes a = attributes_of<at_step>(n);
      v = along_first(outside(n.in[0]), a.first, a.step, a.trips);
    } else {
      value in[max_operands];
      bool timed[max_operands] = {};
      shape dims[max_operands];
      for (int k = 0; k < n.op->arity; ++k) {
        in[k] = outside(n.in[k]);
        timed[k] = loop_of(n.in[k]) != 0;
        dims[k] = f[n.in[k]].dims;
      }
      v = lifted_node{g, n, trips_of(i)}.of(in, timed, dims);
    }
    outside_[i] = v.id + 1;
  }
  /// What left an inner scan may need nothing of the outer one: then neither does what follows.
  constexpr void join_scan_again(node& own) const {
    own.scan = 0;
    own.trips = 1;
    g.join_scan(own, {own.dims, own.batched});
  }
  constexpr value emit_stacked(const node& n) {
    const stacked_steps::attributes a = attributes_of<stacked_steps>(n);
    if (loop_of(n.in[0]) == 0) return repeated(outside(n.in[0]), a.trips);
    const value in_order = outside(n.in[0]);
    return a.step > 0 ? in_order : along_first(in_order, a.first, a.step, a.trips);
  }

  /// A sum over steps of a product of what both factors have for each step: the contraction takes
  /// the sum up.
  constexpr bool sums_products_over_steps(const node& n) const {
    if (n.op->kind != family::reduction || !is<sum>(n.op)) return false;
    const sum::attributes a = attributes_of<sum>(n);
    const node& x = summed_over_steps(n);
    if (a.axes != 1 || a.keep || a.batch || x.op->kind != family::contraction) return false;
    const contract::attributes c = attributes_of<contract>(x);
    return c.left.find(c.out[0]) >= 0 && c.right.find(c.out[0]) >= 0;
  }
  /// What a sum over steps adds up, in whatever order.
  constexpr const node& summed_over_steps(const node& n) const {
    const node& x = g[n.in[0]];
    if (!is<slice>(x.op)) return x;
    const slice::attributes a = attributes_of<slice>(x);
    const node& whole = g[x.in[0]];
    return a.axis == 0 && a.step * a.step == 1 && a.size == whole.dims[0] ? whole : x;
  }
  constexpr value sum_over_steps(const node& n) {
    const sum::attributes a = attributes_of<sum>(n);
    const node& x = summed_over_steps(n);
    const int from = (a.axes & 1u) != 0 && &x != &g[n.in[0]] ? g[n.in[0]].in[0] : n.in[0];
    return apply_with<sum>(a, value{g, from});
  }
  constexpr value product_over_steps(const node& n) {
    const node x = summed_over_steps(n);
    contract::attributes c = attributes_of<contract>(x);
    c.out.bits >>= 4;
    return apply_with<contract>(c, value{g, x.in[0]}, value{g, x.in[1]});
  }

  /// A value outside of its scan: for all steps if it belongs to one.
  constexpr value outside(int i) {
    if (outside_[i] != 0) return {g, outside_[i] - 1};
    const node& n = f[i];
    value v;
    if (is<carried>(n.op)) {
      v = along_first({g, outside_[history_[i] - 1] - 1}, 0, 1, trips_of(i));
    } else if (next_of_[i] != 0) {
      v = along_first({g, outside_[next_of_[i] - 1] - 1}, 1, 1, trips_of(i));
    } else {
      v = apply_with<stacked_steps>({loop_of(i), trips_of(i), 0, 1, outer_of(i), outer_trips_of(i)},
                                    value{g, inside_[i] - 1});
    }
    outside_[i] = v.id + 1;
    return v;
  }
  /// A value in a scan.
  constexpr value inside(int i) {
    if (inside_[i] != 0) return {g, inside_[i] - 1};
    const node& n = f[i];
    if (loop_of(i) == 0) return outside(i);
    value v;
    if (is<at_step>(n.op) && loop_of(n.in[0]) == 0) {
      v = apply_with<at_step>(attributes_of<at_step>(n), outside(n.in[0]));
    } else {
      v = apply_with<at_step>(
          {loop_of(i), trips_of(i), 0, 1, scan_rule::leaves, outer_of(i), outer_trips_of(i)},
          outside(i));
    }
    inside_[i] = v.id + 1;
    return v;
  }

  constexpr void emit_scan(int scan) {
    if (!inner_) enter_bodies(scan);
    for (int i = 0; i < count_ && !g.failed(); ++i) {
      const node& n = f[i];
      if (!stays_[i] || is_history(i) || loop_of(i) != scan) continue;
      node own = n;
      for (int k = 0; k < n.op->arity; ++k)
        own.in[k] = starts(n) ? outside(n.in[k]).id : inside(n.in[k]).id;
      inside_[i] = g.intern(own).id + 1;
    }
    for (int i = 0; i < count_ && !g.failed(); ++i) {
      if (!is_history(i) || loop_of(f[i].in[2]) != scan) continue;
      node own = f[i];
      own.in[0] = outside(own.in[0]).id;
      own.in[1] = inside(own.in[1]).id;
      own.in[2] = inside_[own.in[2]] - 1;
      outside_[i] = g.intern(own).id + 1;
    }
  }
  /// Whether a node is what a scan of this pass carries.
  constexpr bool starts(const node& n) const {
    return is<carried>(n.op) && (n.inner != 0) == inner_;
  }
  /// What scans in the body of a scan read of all of its steps is a value of the outer loop: it
  /// comes first, so that the nodes of each inner scan follow one another.
  constexpr void enter_bodies(int scan) {
    for (int i = 0; i < count_ && !g.failed(); ++i)
      for (int k = 0; k < f[i].op->arity && f[i].inner != 0 && stays_[i]; ++k)
        if (loop_of(i) == scan && loop_of(f[i].in[k]) != 0 && !stays_[f[i].in[k]])
          inside(f[i].in[k]);
  }
};

}  // namespace tapeless::detail
