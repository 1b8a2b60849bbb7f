#pragma once
// Checks of loads: the elements that a step reads are stored, and unchanged since.

#include <tapeless/plan/checker_buffers.hpp>

namespace tapeless::checker {

/// Checks of what a step loads.
template <class Program, class Graph>
class load_checks : public buffer_checks<Program, Graph> {
  using base = buffer_checks<Program, Graph>;

 public:
  using base::base;

 protected:
  using base::buffer;
  using base::can_afford;
  using base::check_bounds;
  using base::check_history;
  using base::comparison_with;
  using base::counts;
  using base::fail;
  using base::inner_;
  using base::is_filled_by_scan;
  using base::is_filled_inside;
  using base::is_sum_of_rows;
  using base::known_;
  using base::lies_within;
  using base::none;
  using base::now_;
  using base::program_;
  using base::reached;
  using base::reached_by_all;
  using base::reached_inside;
  using base::scan_;
  using base::store_like;
  using base::tensor_region;
  using base::written;

  constexpr void check_load(const step& s, int a, int beyond) {
    const access& x = program_.accesses[a];
    const region r = reached_by_all(s, x);
    if (x.where == place::output || x.where == place::loss) return fail(flaw::malformed_step, a);
    if (x.where == place::history) return check_history(s, a);
    check_bounds(s, a, r, beyond);
    if (!known_.found) return;
    if (x.where == place::arena) {
      check_value(s, a, r);
    } else if (is_packed(x.where)) {
      if (!lies_within(tensor_region(x.storage), r)) return fail(flaw::outside_of_buffer, a);
      check_unchanged(s, a, r);
    }
  }

  /// All elements of a value are there, and still the value's own.
  constexpr void check_value(const step& s, int a, const region& of_all) {
    const int v = program_.accesses[a].storage;
    if (v < 0 || v >= Graph::node_count) return fail(flaw::malformed_step, a);
    const bool filling = is_filled_by_scan(v), inside = is_filled_inside(v);
    if ((filling || inside) && !keeps_pace(v, program_.accesses[a]))
      return fail(flaw::reads_nothing_written, a);
    const region r = inside    ? reached(s, program_.accesses[a])
                     : filling ? reached_inside(s, program_.accesses[a])
                               : of_all;
    bool covered = false;
    for (int w = known_.writes_of[v]; w != none && !covered; w = known_.next[w]) {
      const step& by = program_.steps[known_.step_of[w]];
      // What a step of another loop leaves in place of what the iteration before left is no value.
      if (by.scan != 0 && by.scan != scan_ && by.trips > 1 && program_.accesses[w].iteration == 0)
        return fail(flaw::reads_nothing_written, a);
      if (by.inner != 0 && by.inner != inner_ && by.inner_trips > 1 &&
          program_.accesses[w].inner == 0)
        return fail(flaw::reads_nothing_written, a);
      covered = counts(w, v) && contains(written(w), r);
    }
    if (!covered && !is_covered_together(v, r)) return fail(flaw::reads_nothing_written, a);
    if (known_.lost[v]) return fail(flaw::reads_overwritten_value, a);
    if (is_sum_of_rows(v) && !known_.added[v] && store_like(s, a) < 0)
      return fail(flaw::reads_nothing_written, a);
    known_.read_in[v] = now_;
  }
  constexpr bool is_covered_together(int v, const region& r) {
    const comparison c = comparison_with(v, r);
    return !can_afford(c) || c.is_covered();
  }
  /// Whether all accesses of a scan to a value that the scan fills go on by equal distances: then
  /// the first two iterations stand for all.
  constexpr bool keeps_pace(int v, const access& x) const {
    for (int w = known_.writes_of[v]; w != none; w = known_.next[w]) {
      const step& by = program_.steps[known_.step_of[w]];
      if (by.scan == scan_ && program_.accesses[w].iteration != x.iteration) return false;
      if (inner_ != 0 && by.inner == inner_ && program_.accesses[w].inner != x.inner) return false;
    }
    return true;
  }

  /// No earlier step has changed what is read of the caller's buffers.
  constexpr void check_unchanged(const step& s, int a, const region& r) {
    for (int w = known_.changes_of[buffer(program_.accesses[a])]; w != none; w = known_.next[w]) {
      const region changed = written(w);
      if (changed.first <= r.last() && r.first <= changed.last())
        return fail(flaw::reads_changed_buffer, a);
    }
    // A step that changes a buffer may read of it what it stores next, and that in its epilogue.
    for (int w = s.access_begin; w < s.access_end; ++w) {
      const access &x = program_.accesses[a], &y = program_.accesses[w];
      if (!y.stores || y.where != x.where || y.slot != x.slot || y.storage != x.storage) continue;
      bool same = x.offset == y.offset && x.by_row == y.by_row &&
                  !is_read_in_prologue(s, a - s.access_begin);
      for (int l = 0; l < s.parallel; ++l) same = same && x.stride[l] == y.stride[l];
      const region own = reached_by_all(s, y);
      if (!same && own.first <= r.last() && r.first <= own.last())
        return fail(flaw::overwrites_what_it_reads, a);
    }
  }
  constexpr bool is_read_in_prologue(const step& s, int a) const {
    for (int i = s.code_begin; i < s.middle; ++i)
      if (program_.code[i].what == action::load && program_.code[i].a == a) return true;
    return false;
  }
};

}  // namespace tapeless::checker
