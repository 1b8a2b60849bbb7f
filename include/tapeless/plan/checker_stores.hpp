#pragma once
// Checks of stores: each element is stored once, in its buffer, and nothing that is needed is
// overwritten.

#include <tapeless/plan/checker_loads.hpp>

namespace tapeless::checker {

/// Checks of what a step stores.
template <class Program, class Graph>
class store_checks : public load_checks<Program, Graph> {
  using base = load_checks<Program, Graph>;

 public:
  using base::base;

 protected:
  using base::adds_to_what_is_there;
  using base::buffer;
  using base::can_afford;
  using base::check_bounds;
  using base::check_history;
  using base::comparison_with;
  using base::fail;
  using base::is_filled_by_scan;
  using base::is_filled_inside;
  using base::is_sum_of_rows;
  using base::iteration_;
  using base::known_;
  using base::none;
  using base::now_;
  using base::program_;
  using base::reached;
  using base::reached_by_all;
  using base::result_buffer;
  using base::scan_;
  using base::turn_;

  constexpr void check_store(const step& s, int a, int beyond) {
    const access& x = program_.accesses[a];
    if (x.by_row) return check_added_rows(s, a, beyond);
    if (x.where == place::input || x.where == place::target || x.where == place::scalars ||
        x.where == place::weight)
      return fail(flaw::stores_read_only_buffer, a);
    if (x.iteration != 0 && x.inner != 0) return fail(flaw::malformed_step, a);
    if (x.iteration != 0 && s.inner_trips > 1) return fail(flaw::stores_element_twice, a);
    check_each_once(s, a);
    const region r = reached_by_all(s, x);
    if (known_.found && x.where == place::history) check_history(s, a);
    if (known_.found && x.where != place::history) check_bounds(s, a, r, beyond);
    if (known_.found) check_tail(s, a, beyond);
    if (!known_.found) return;
    known_.step_of[a] = now_;
    known_.stored[a] = x.iteration != 0 ? iteration_ + 1 : x.inner != 0 ? turn_ + 1 : 1;
    // The first iteration took the place for all.
    if ((iteration_ > 0 && x.iteration != 0) || (turn_ > 0 && x.inner != 0)) return;
    if (x.where == place::arena)
      take(a, r, x.exact ? 0 : beyond);
    else if (x.where == place::history)
      add_to_history(a, r);
    else
      add_to(is_packed(x.where) ? known_.changes_of[buffer(x)]
                                : known_.results[result_buffer(x.where, x.slot)],
             a);
  }
  constexpr void add_to_history(int a, const region& r) {
    const int v = program_.accesses[a].storage;
    if (known_.writes_of[v] != none && overlaps_earlier(v, r))
      return fail(flaw::stores_element_twice, a);
    add_to(known_.writes_of[v], a);
  }
  constexpr void add_to(int& list, int a) {
    known_.next[a] = list;
    list = a;
  }

  /// Rows of a table change by addition alone: then a row that comes twice is right. Those of a
  /// value of the arena have zeros from an earlier step, and no step reads them in between.
  constexpr void check_added_rows(const step& s, int a, int beyond) {
    const access& x = program_.accesses[a];
    if (!adds_to_what_is_there(s, a)) return fail(flaw::stores_element_twice, a);
    if (s.lane_out >= 0 && x.stride[s.lane_out] != 1) return fail(flaw::malformed_step, a);
    if (s.trips * s.inner_trips > 1 && x.where != place::arena)
      return fail(flaw::stores_element_twice, a);
    check_bounds(s, a, reached_by_all(s, x), beyond);
    if (known_.found) check_tail(s, a, beyond);
    if (!known_.found) return;
    if (is_packed(x.where)) {
      known_.step_of[a] = now_;
      known_.stored[a] = 1;
      return add_to(known_.changes_of[buffer(x)], a);
    }
    if (x.where != place::arena || x.storage < 0 || !is_sum_of_rows(x.storage))
      return fail(flaw::malformed_step, a);
    if (known_.added[x.storage]) return fail(flaw::stores_element_twice, a);
    known_.added[x.storage] = true;
  }

  /// Every result has an element of its own, in lanes side by side.
  constexpr void check_each_once(const step& s, int a) {
    const access& x = program_.accesses[a];
    region r;
    r.first = x.offset;
    for (int l = 0; l < s.loops; ++l) {
      if (l >= s.parallel && x.stride[l] != 0) return fail(flaw::stores_element_twice, a);
      if (l < s.parallel && x.stride[l] == 0 && s.extent[l] > 1)
        return fail(flaw::stores_element_twice, a);
      r.add(s.extent[l], x.stride[l]);
    }
    if (x.where != place::arena && ((s.trips > 1 && x.iteration == 0) || s.inner_trips > 1))
      return fail(flaw::stores_element_twice, a);
    r.add(s.trips, x.iteration);
    r.add(s.inner_trips, x.inner);
    r.finish();
    if (!r.distinct) fail(flaw::stores_element_twice, a);
    if (s.lane_out >= 0 && x.stride[s.lane_out] != 1) fail(flaw::malformed_step, a);
  }

  /// What vectors store beyond their last lane hits padding, which stays zero among parameters.
  constexpr void check_tail(const step& s, int a, int beyond) {
    const access& x = program_.accesses[a];
    if (beyond == 0 || x.exact) return;
    for (int l = 0; l < s.parallel; ++l)
      if (l != s.lane_out && x.stride[l] < s.extent[s.lane_out] + beyond && s.extent[l] > 1 &&
          !(x.by_row && x.stride[l] == 0))
        return fail(flaw::vector_over_neighbour, a);
    if (x.by_row && s.row_count > 1 && s.row_stride < s.extent[s.lane_out] + beyond)
      return fail(flaw::vector_over_neighbour, a);
    if (x.where == place::history) return fail(flaw::vector_over_neighbour, a);  // earlier samples
    if (is_packed(x.where) && !x.zero_tail) fail(flaw::padding_not_zero, a);
    if (x.where == place::arena && known_.writes_of[x.storage] != none && !x.by_row)
      fail(flaw::vector_over_neighbour, a);  // another part of the value is there already
  }

  /// Gives elements of the arena to a value; other values that held some of them are lost.
  constexpr void take(int a, const region& r, int beyond) {
    const int v = program_.accesses[a].storage;
    if (v < 0 || v >= Graph::node_count) return fail(flaw::malformed_step, a);
    const holding own{r.first, r.last() + beyond + 1, v};
    // What a further iteration stores for the first time has not been there to be overwritten.
    if (scan_ != 0 && known_.writes_of[v] == none) known_.lost[v] = false;
    int low = 0, high = known_.held_count;
    while (low < high) {
      const int middle = (low + high) / 2;
      if (known_.held[middle].end <= own.begin)
        low = middle + 1;
      else
        high = middle;
    }
    int behind = low;  // the first holding behind the new one
    for (; behind < known_.held_count && known_.held[behind].begin < own.end; ++behind) {
      const int other = known_.held[behind].value;
      const bool reads_another_step =
          other == v && (is_filled_by_scan(v) || is_filled_inside(v)) && reads_apart(a);
      if (known_.read_in[other] == now_ && !reads_another_step)
        return fail(flaw::overwrites_what_it_reads, a);
      if (other != v) known_.lost[other] = true;
    }
    replace(low, behind, own);
    if (known_.lost[v]) return fail(flaw::reads_overwritten_value, a);
    if (known_.writes_of[v] != none && overlaps_earlier(v, r))
      return fail(flaw::stores_element_twice, a);
    add_to(known_.writes_of[v], a);
  }
  /// Whether the step reads other elements of a value than it stores in the same iteration.
  constexpr bool reads_apart(int a) {
    const step& s = program_.steps[now_];
    const region own = reached(s, program_.accesses[a]);
    for (int b = s.access_begin; b < s.access_end; ++b) {
      const access& x = program_.accesses[b];
      if (x.stores || x.where != place::arena || x.storage != program_.accesses[a].storage)
        continue;
      const comparison c{reached(s, x), 1, [&](int) { return own; }};
      if (can_afford(c) && c.is_met()) return false;
    }
    return true;
  }
  /// Puts one holding in place of those from `from` to `to` - 1; parts of the same value stay.
  constexpr void replace(int from, int to, holding own) {
    for (int i = from; i < to; ++i)
      if (known_.held[i].value == own.value) {
        if (known_.held[i].begin < own.begin) own.begin = known_.held[i].begin;
        if (known_.held[i].end > own.end) own.end = known_.held[i].end;
      }
    const int more = 1 - (to - from);
    if (more > 0)
      for (int i = known_.held_count; i > from; --i) known_.held[i] = known_.held[i - 1];
    else if (more < 0)
      for (int i = to; i < known_.held_count; ++i) known_.held[i + more] = known_.held[i];
    known_.held_count += more;
    known_.held[from] = own;
  }
  /// Whether a part of a value covers elements of an earlier part.
  constexpr bool overlaps_earlier(int v, const region& r) {
    const comparison c = comparison_with(v, r);
    return can_afford(c) && c.is_met();
  }

  /// What steps keep for one iteration of a loop alone is stored anew in the next one.
  constexpr void forget_iteration(int first, int end, int access::* distance) {
    for (int i = first; i < end; ++i)
      for (int a = program_.steps[i].access_begin; a < program_.steps[i].access_end; ++a) {
        const access& x = program_.accesses[a];
        if (!x.stores || x.where != place::arena || x.*distance != 0) continue;
        known_.writes_of[x.storage] = none;
        known_.added[x.storage] = false;
      }
  }
};

}  // namespace tapeless::checker
