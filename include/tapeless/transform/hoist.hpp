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
#include <tapeless/transform/lift.hpp>

namespace tapeless::detail {

/// Which scans a pass of hoisting is about: first those in the bodies of others, to the level of
/// these, then those outside of all. A scan that is left in a body stays there as a whole.
enum class hoisted_scans : std::uint8_t { inner, outer };

/// Copies a graph whose scans hold everything that depends on a step to one whose scans hold only
/// what has to be in them. The nodes of a scan follow one another there.
class hoisting {
 public:
  constexpr hoisting(graph& to, const graph& from, hoisted_scans which)
      : to_{to},
        from_{from},
        inner_{which == hoisted_scans::inner},
        count_{from.count},
        scans_{from.scan_count + 1},
        stays_{new bool[room()]{}},
        level_{new int[room()]{}},
        inside_{none_per_node()},
        outside_{none_per_node()},
        history_{none_per_node()},
        next_of_{none_per_node()},
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
    for (int l = 0; l <= top && !to_.failed(); ++l) {
      for (int i = 0; i < count_ && !to_.failed(); ++i)
        if (!stays_[i] && level_[i] == l) emit_outside(i);
      for (int s = 1; s < scans_ && !to_.failed(); ++s)
        if (scan_level_[s] == l) emit_scan(s);
    }
    for (int i = 0; i < from_.result_count && !to_.failed(); ++i)
      to_.results[i] = outside(from_.results[i]).id;
    to_.result_count = from_.result_count;
  }

 private:
  graph& to_;
  const graph& from_;
  bool inner_;
  int count_, scans_;
  // By node of the old graph.
  bool* stays_;      // has to be computed step by step; histories too, as part of their scan
  int* level_;       // scans that must have run before
  int* inside_;      // the node of the new graph inside of the scan, or none
  int* outside_;     // the node of the new graph outside, for all steps, or none
  int* history_;     // of a carried value: its history, or none
  int* next_of_;     // of a value that is carried on to the next step: the history, or none
  int* scan_level_;  // by scan: scans that must have run before

  static constexpr int none = -1;
  constexpr std::size_t room() const { return static_cast<std::size_t>(count_) + 1; }
  constexpr int* none_per_node() const {
    int* const ids = new int[room()];
    for (std::size_t i = 0; i < room(); ++i) ids[i] = none;
    return ids;
  }
  constexpr bool is_history(int i) const {
    return from_[i].op->kind == family::join && is<carried_history>(from_[i].op) &&
           (from_[i].scan != 0) == inner_;
  }
  constexpr bool is_stacked(int i) const {
    return from_[i].op->kind == family::join && is<stacked_steps>(from_[i].op) &&
           (from_[i].scan != 0) == inner_;
  }
  /// The scan of this pass that a node belongs to, 0 for none.
  constexpr int loop_of(int i) const { return inner_ ? from_[i].inner : from_[i].scan; }
  constexpr int trips_of(int i) const { return inner_ ? from_[i].inner_trips : from_[i].trips; }
  constexpr int outer_of(int i) const { return inner_ ? from_[i].scan : 0; }
  constexpr int outer_trips_of(int i) const { return inner_ ? from_[i].trips : 0; }
  constexpr int scan_of(int i) const {
    return is_history(i) ? loop_of(from_[i].in[2]) : loop_of(i);
  }
  constexpr bool can_leave(int i) const {
    return (inner_ || from_[i].inner == 0) && can_be_lifted(from_[i]);
  }

  constexpr void find_histories() {
    for (int i = 0; i < count_; ++i)
      if (is_history(i)) {
        history_[from_[i].in[2]] = i;
        if (loop_of(from_[i].in[1]) == loop_of(from_[i].in[2])) next_of_[from_[i].in[1]] = i;
      }
  }

  constexpr void find_what_stays() {
    bool* const depends = new bool[room()]{};  // on what is carried
    bool* const feeds = new bool[room()]{};    // what is carried
    bool* const keeps_all = new bool[static_cast<std::size_t>(scans_)]{};
    for (int i = 0; i < count_; ++i)
      if (from_[i].scan != 0 && is<at_step>(from_[i].op) &&
          attributes_of<at_step>(from_[i]).rule != scan_rule::leaves)
        keeps_all[innermost_scan(from_[i])] = true;
    for (int i = 0; i < count_; ++i) {
      const node& n = from_[i];
      const int loop = loop_of(i);
      if (loop == 0) continue;
      depends[i] = is<carried>(n.op) || !can_leave(i) || keeps_all[loop];
      for (int k = 0; k < n.op->arity; ++k)
        depends[i] = depends[i] || (loop_of(n.in[k]) == loop && depends[n.in[k]]);
    }
    for (int i = count_ - 1; i >= 0; --i) {
      const node& n = from_[i];
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
      const node& n = from_[i];
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
    const node& n = from_[i];
    value v;
    if (is_stacked(i)) {
      v = emit_stacked(n);
    } else if (loop_of(i) == 0) {
      node own = n;
      for (int k = 0; k < n.op->arity; ++k) own.in[k] = outside(n.in[k]).id;
      if (inner_ && n.scan != 0 && !is<at_step>(n.op) && !is<carried>(n.op)) join_scan_again(own);
      v = sums_products_over_steps(own) ? product_over_steps(own)
          : is<sum>(n.op)               ? sum_over_steps(own)
                                        : to_.intern(own);
      if (n.op->kind == family::tensor) to_.tensors[tensor_of(n)].node = v.id;
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
        dims[k] = from_[n.in[k]].dims;
      }
      v = lifted_node{to_, n, trips_of(i)}.of(in, timed, dims);
    }
    outside_[i] = v.id;
  }
  /// What left an inner scan may need nothing of the outer one: then neither does what follows.
  constexpr void join_scan_again(node& own) const {
    own.scan = 0;
    own.trips = 1;
    to_.join_scan(own, {own.dims, own.batched});
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
    const node& x = to_[n.in[0]];
    if (!is<slice>(x.op)) return x;
    const slice::attributes a = attributes_of<slice>(x);
    const node& whole = to_[x.in[0]];
    return a.axis == 0 && a.step * a.step == 1 && a.size == whole.dims[0] ? whole : x;
  }
  constexpr value sum_over_steps(const node& n) {
    const sum::attributes a = attributes_of<sum>(n);
    const node& x = summed_over_steps(n);
    const int from = (a.axes & 1u) != 0 && &x != &to_[n.in[0]] ? to_[n.in[0]].in[0] : n.in[0];
    return apply_with<sum>(a, value{to_, from});
  }
  constexpr value product_over_steps(const node& n) {
    const node x = summed_over_steps(n);
    contract::attributes c = attributes_of<contract>(x);
    c.out.bits >>= 4;
    return apply_with<contract>(c, value{to_, x.in[0]}, value{to_, x.in[1]});
  }

  /// A value outside of its scan: for all steps if it belongs to one.
  constexpr value outside(int i) {
    if (outside_[i] != none) return {to_, outside_[i]};
    const node& n = from_[i];
    value v;
    if (is<carried>(n.op)) {
      v = along_first({to_, outside_[history_[i]]}, 0, 1, trips_of(i));
    } else if (next_of_[i] != none) {
      v = along_first({to_, outside_[next_of_[i]]}, 1, 1, trips_of(i));
    } else {
      v = apply_with<stacked_steps>({loop_of(i), trips_of(i), 0, 1, outer_of(i), outer_trips_of(i)},
                                    value{to_, inside_[i]});
    }
    outside_[i] = v.id;
    return v;
  }
  /// A value in a scan.
  constexpr value inside(int i) {
    if (inside_[i] != none) return {to_, inside_[i]};
    const node& n = from_[i];
    if (loop_of(i) == 0) return outside(i);
    value v;
    if (is<at_step>(n.op) && loop_of(n.in[0]) == 0) {
      v = apply_with<at_step>(attributes_of<at_step>(n), outside(n.in[0]));
    } else {
      v = apply_with<at_step>(
          {loop_of(i), trips_of(i), 0, 1, scan_rule::leaves, outer_of(i), outer_trips_of(i)},
          outside(i));
    }
    inside_[i] = v.id;
    return v;
  }

  constexpr void emit_scan(int scan) {
    if (!inner_) enter_bodies(scan);
    for (int i = 0; i < count_ && !to_.failed(); ++i) {
      const node& n = from_[i];
      if (!stays_[i] || is_history(i) || loop_of(i) != scan) continue;
      node own = n;
      for (int k = 0; k < n.op->arity; ++k)
        own.in[k] = starts(n) ? outside(n.in[k]).id : inside(n.in[k]).id;
      inside_[i] = to_.intern(own).id;
    }
    for (int i = 0; i < count_ && !to_.failed(); ++i) {
      if (!is_history(i) || loop_of(from_[i].in[2]) != scan) continue;
      node own = from_[i];
      own.in[0] = outside(own.in[0]).id;
      own.in[1] = inside(own.in[1]).id;
      own.in[2] = inside_[own.in[2]];
      outside_[i] = to_.intern(own).id;
    }
  }
  /// Whether a node is what a scan of this pass carries.
  constexpr bool starts(const node& n) const {
    return is<carried>(n.op) && (n.inner != 0) == inner_;
  }
  /// What scans in the body of a scan read of all of its steps is a value of the outer loop: it
  /// comes first, so that the nodes of each inner scan follow one another.
  constexpr void enter_bodies(int scan) {
    for (int i = 0; i < count_ && !to_.failed(); ++i)
      for (int k = 0; k < from_[i].op->arity && from_[i].inner != 0 && stays_[i]; ++k)
        if (loop_of(i) == scan && loop_of(from_[i].in[k]) != 0 && !stays_[from_[i].in[k]])
          inside(from_[i].in[k]);
  }
};

}  // namespace tapeless::detail
