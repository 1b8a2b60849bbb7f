#pragma once
// Which steps must run before which, from what each reads and writes.
//
// Every access of a step covers a range of a buffer (`reach_of`). Between two steps there is
//   - a true dependence where one reads what the other wrote in the arena;
//   - an anti dependence where one reads a buffer of the caller that the other changes: all reads
//   of
//     a call mean the values from before the call, so the reader runs first;
//   - an output dependence where both write the same elements: they keep their order.
// Values in the arena have places of their own until the steps are in order, so that no other
// dependences exist there.

#include <tapeless/plan/lower.hpp>

namespace tapeless {

namespace detail {

/// Lists of accesses by the buffer they touch.
struct access_lists {
  int* head;  ///< by buffer: access + 1
  int* next;  ///< by access: access + 1

  constexpr access_lists(int buffers, int accesses)
      : head{new int[static_cast<std::size_t>(buffers) + 1]{}},
        next{new int[static_cast<std::size_t>(accesses) + 1]{}} {}
  constexpr ~access_lists() {
    delete[] head;
    delete[] next;
  }
  access_lists(const access_lists&) = delete;
  access_lists& operator=(const access_lists&) = delete;

  constexpr void add(int buffer, int access) {
    next[access] = head[buffer];
    head[buffer] = access + 1;
  }
};

}  // namespace detail

/// The graph of dependences between the steps of a lowered graph.
template <int Nodes, int Tensors, class Lowered>
class dependences {
 public:
  constexpr explicit dependences(const Lowered& low)
      : low_{low},
        stores_{Nodes + parameter_buffers, low.access_count},
        loads_{parameter_buffers, low.access_count},
        step_of_{new int[static_cast<std::size_t>(low.access_count) + 1]{}},
        first_{new int[static_cast<std::size_t>(low.step_count) + 1]{}},
        waits_{new int[static_cast<std::size_t>(low.step_count) + 1]{}} {
    collect();
    for (int a = 0; a < low_.access_count; ++a) connect(a);
  }
  constexpr ~dependences() {
    delete[] step_of_;
    delete[] first_;
    delete[] waits_;
    delete[] edges_;
  }
  dependences(const dependences&) = delete;
  dependences& operator=(const dependences&) = delete;

  /// Edges that end in a step.
  constexpr int waits(int step) const { return waits_[step]; }

  /// Calls f with every step that must run after `step`; once per dependence.
  template <class F>
  constexpr void for_each_successor(int step, F f) const {
    for (int e = first_[step]; e != 0; e = edges_[e - 1].next) f(edges_[e - 1].to);
  }

 private:
  static constexpr int slots = 5;  ///< parameters, gradients, three slots of state
  static constexpr int parameter_buffers = slots * Tensors;

  struct edge {
    int to = 0, next = 0;
  };
  const Lowered& low_;
  detail::access_lists stores_, loads_;
  int* step_of_;
  int *first_, *waits_;
  edge* edges_ = nullptr;
  int edge_count_ = 0, edge_room_ = 0;

  static constexpr int parameter_buffer(const access& a) {
    const int slot = a.where == place::parameters  ? 0
                     : a.where == place::gradients ? 1
                                                   : 2 + a.slot;
    return slot + slots * a.storage;
  }

  constexpr void collect() {
    for (int s = 0; s < low_.step_count; ++s)
      for (int a = low_.steps[s].access_begin; a < low_.steps[s].access_end; ++a) {
        const access& x = low_.accesses[a];
        step_of_[a] = s;
        if (x.storage < 0) continue;
        if (x.where == place::arena) {
          if (x.stores) stores_.add(parameter_buffers + x.storage, a);
        } else {
          (x.stores ? stores_ : loads_).add(parameter_buffer(x), a);
        }
      }
  }

  /// Adds the dependences between an access and those to the same buffer.
  constexpr void connect(int a) {
    const access& x = low_.accesses[a];
    if (x.storage < 0) return;
    if (x.where == place::arena && !x.stores) {
      connect_to(stores_.head[parameter_buffers + x.storage], stores_.next, a, false);
    } else if (x.where != place::arena && x.stores) {
      connect_to(loads_.head[parameter_buffer(x)], loads_.next, a, false);
      connect_to(stores_.head[parameter_buffer(x)], stores_.next, a, true);
    }
  }

  /// Steps of a list of accesses run before that of access a; if `keep_order`, only earlier ones.
  constexpr void connect_to(int list, const int* next, int a, bool keep_order) {
    const int to = step_of_[a];
    // Within one iteration of a scan, steps see the elements of that iteration alone: of both loops
    // where they have both in common.
    const step& own_step = low_.steps[to];
    const interval all = reach_of_iterations(own_step, low_.accesses[a]);
    for (int l = list; l != 0; l = next[l - 1]) {
      const int from = step_of_[l - 1];
      if (from == to || (keep_order && from > to)) continue;
      const step& other = low_.steps[from];
      if (in_one_scan(other, own_step)
              ? meet_in_iteration(own_step, low_.accesses[a], other, low_.accesses[l - 1])
              : overlap(all, reach_of_iterations(other, low_.accesses[l - 1])))
        add_edge(from, to);
    }
  }

  /// Whether two accesses of one scan meet in an iteration. What a scan keeps per iteration lies in
  /// slots, one per iteration, of each sample: slots are apart though ranges over all samples overlap.
  static constexpr bool meet_in_iteration(const step& s, const access& a, const step& t,
                                          const access& b) {
    const bool both = in_one_inner_scan(s, t);
    int slot = 0;  // the smallest one that both have in this iteration; 0 for none
    if (a.iteration == b.iteration) slot = distance(a.iteration);
    if (both && a.inner != b.inner) slot = 0;
    if (both && a.inner == b.inner && a.inner != 0 && (slot == 0 || distance(a.inner) < slot))
      slot = distance(a.inner);
    return overlap(reach_in_slot(s, a, slot, !both), reach_in_slot(t, b, slot, !both));
  }
  static constexpr int distance(int stride) { return stride < 0 ? -stride : stride; }
  /// What an access reaches in one iteration, or in all of the inner loop.
  static constexpr interval reach_in_slot(const step& s, const access& a, int slot,
                                          bool all_of_inner) {
    interval r{a.offset, a.offset};
    const auto add = [&](int stride, int extent) {
      if (slot == 0 || distance(stride) < slot)
        (stride < 0 ? r.first : r.last) += stride * (extent - 1);
    };
    for (int l = 0; l < s.loops; ++l) add(a.stride[l], s.extent[l]);
    if (all_of_inner) add(a.inner, s.inner_trips);
    if (a.by_row) add(s.row_stride, s.row_count);
    return r;
  }

  constexpr void add_edge(int from, int to) {
    if (edge_count_ == edge_room_) {
      edge_room_ = edge_room_ == 0 ? low_.access_count + 16 : 2 * edge_room_;
      edge* const more = new edge[static_cast<std::size_t>(edge_room_)]{};
      for (int i = 0; i < edge_count_; ++i) more[i] = edges_[i];
      delete[] edges_;
      edges_ = more;
    }
    edges_[edge_count_] = {to, first_[from]};
    first_[from] = ++edge_count_;
    ++waits_[to];
  }
};

}  // namespace tapeless
