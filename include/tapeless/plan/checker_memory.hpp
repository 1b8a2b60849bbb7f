#pragma once
// Checks of a plan that concern memory: what is loaded is there, what is stored has its place.

#include <tapeless/ops/extended.hpp>
#include <tapeless/ops/write_back.hpp>
#include <tapeless/plan/checker_rows.hpp>

namespace tapeless::checker {

template <class Program, class Graph>
class memory_checks : public row_checks<Program, Graph> {
  using base = row_checks<Program, Graph>;

 public:
  using base::base;

 protected:
  using base::call;
  using base::fail;
  using base::k_;
  using base::now_;
  using base::p;

  using base::adds_to_what_is_there;
  using base::inner_;
  using base::is_filled_by_scan;
  using base::is_filled_inside;
  using base::is_sum_of_rows;
  using base::iteration_;
  using base::reached;
  using base::reached_by_all;
  using base::reached_inside;
  using base::scan_;
  using base::store_like;
  using base::turn_;
  using base::written;

  static constexpr int kinds = base::state::kinds;

  /// Elements that one range of steps is compared by. What would take more is taken for right:
  /// compilers bound the work of a constant expression, and a plan that cannot be checked whole must
  /// compile all the same.
  static constexpr int most_work = 30000;
  int work_ = 0;
  constexpr bool can_afford(const comparison& c) {
    work_ += c.work();
    return work_ <= most_work;
  }

  static constexpr int buffer(const access& a) {
    const int kind = a.where == place::parameters  ? 0
                     : a.where == place::gradients ? 1
                                                   : 2 + a.slot;
    return kind + kinds * a.storage;
  }

  /// Which buffer of results: the loss, or an output whose slot is within bounds.
  static constexpr int result_buffer(place where, int slot) {
    return where == place::loss ? 0 : 1 + slot;
  }

  /// Whether an access stays in its buffer, vectors included.
  constexpr void check_bounds(const step& s, int a, const region& r, int beyond) {
    const access& x = p.accesses[a];
    int begin = 0, end = 0, vector_end = 0;
    if (x.where == place::arena) {
      end = p.memory.arena;
      vector_end = p.memory.arena + 16;
    } else if (is_packed(x.where)) {
      if (x.storage < 0 || x.storage >= Graph::tensor_count || x.slot < 0 || x.slot > 2)
        return fail(flaw::outside_of_buffer, a);
      begin = call.begin[x.storage];
      end = call.end[x.storage];
      vector_end = x.stores ? end : call.parameters;
    } else {
      end = vector_end = call.size(x.where, x.slot);
    }
    if (r.first < begin || r.last() >= end) return fail(flaw::outside_of_buffer, a);
    const bool transposes =
        s.form == kernel_form::transposed && !x.stores;  // loads no more than it needs
    if (!x.exact && !transposes && r.last() + beyond >= vector_end)
      fail(flaw::vector_beyond_buffer, a);
  }

  constexpr void check_load(const step& s, int a, int beyond) {
    const access& x = p.accesses[a];
    const region r = reached_by_all(s, x);
    if (x.where == place::output || x.where == place::loss) return fail(flaw::malformed_step, a);
    if (x.where == place::history) return check_history(s, a);
    check_bounds(s, a, r, beyond);
    if (!k_.found) return;
    if (x.where == place::arena) {
      check_value(s, a, r);
    } else if (is_packed(x.where)) {
      if (!lies_within(tensor_region(x.storage), r)) return fail(flaw::outside_of_buffer, a);
      check_unchanged(s, a, r);
    }
  }

  /// What a stream keeps: rows of which the first samples are there from earlier calls and the last
  /// ones, the block, are stored by this call before they are read. An access stays within its rows:
  /// its loops walk either from row to row or along time.
  constexpr void check_history(const step& s, int a) {
    const access& x = p.accesses[a];
    const int v = x.storage;
    if (v < 0 || v >= Graph::node_count || !is<extended>(call.g[v].op))
      return fail(flaw::malformed_step, a);
    const node& n = call.g[v];
    const auto at = attributes_of<extended>(n);
    if (at.slot != x.slot || at.slot < 0 || at.slot >= max_ports || at.begin < 0)
      return fail(flaw::outside_of_buffer, a);
    const int samples = n.dims[at.axis], given = call.g[n.in[0]].dims[at.axis];
    const int rows = extended::rows(n.dims, at);
    interval time, row;
    time.first = time.last = (x.offset - at.begin) % at.row;
    row.first = row.last = (x.offset - at.begin) / at.row;
    for (int l = 0; l < s.loops; ++l) {
      const int reach = x.stride[l] * (s.extent[l] - 1);
      const bool along_rows = x.stride[l] % at.row == 0;
      interval& i = along_rows ? row : time;
      (reach < 0 ? i.first : i.last) += along_rows ? reach / at.row : reach;
    }
    if (samples > at.row || x.offset < at.begin || row.first < 0 || row.last >= rows ||
        time.first < (x.stores ? given : 0) || time.last >= samples)
      return fail(flaw::outside_of_buffer, a);
    if (!x.stores && time.last >= given && stored_elements(v) != rows * (samples - given))
      fail(flaw::reads_nothing_written, a);
  }
  /// Elements that the steps so far stored of a value; none is stored twice.
  constexpr int stored_elements(int v) const {
    int elements = 0;
    for (int w = k_.writes_of[v]; w != 0; w = k_.next[w - 1])
      elements += written(w - 1).count();
    return elements;
  }

  /// The elements of a parameter, without padding.
  constexpr region tensor_region(int index) const {
    const tensor& t = call.g.tensors[index];
    strided at = tensor_strides(t);
    at.offset = call.begin[index];
    return region_of(at, t.dims, 1);
  }
  static constexpr bool lies_within(const region& whole, const region& part) {
    if (contains(whole, part)) return true;
    return comparison{part, 1, [&](int) { return whole; }}.is_covered();
  }

  /// All elements of a value are there, and still the value's own.
  constexpr void check_value(const step& s, int a, const region& of_all) {
    const int v = p.accesses[a].storage;
    if (v < 0 || v >= Graph::node_count) return fail(flaw::malformed_step, a);
    const bool filling = is_filled_by_scan(v), inside = is_filled_inside(v);
    if ((filling || inside) && !keeps_pace(v, p.accesses[a]))
      return fail(flaw::reads_nothing_written, a);
    const region r = inside    ? reached(s, p.accesses[a])
                     : filling ? reached_inside(s, p.accesses[a])
                               : of_all;
    bool covered = false;
    for (int w = k_.writes_of[v]; w != 0 && !covered; w = k_.next[w - 1]) {
      const step& by = p.steps[k_.step_of[w - 1]];
      // What a step of another loop leaves in place of what the iteration before left is no value.
      if (by.scan != 0 && by.scan != scan_ && by.trips > 1 && p.accesses[w - 1].iteration == 0)
        return fail(flaw::reads_nothing_written, a);
      if (by.inner != 0 && by.inner != inner_ && by.inner_trips > 1 && p.accesses[w - 1].inner == 0)
        return fail(flaw::reads_nothing_written, a);
      covered = counts(w - 1, v) && contains(written(w - 1), r);
    }
    if (!covered && !is_covered_together(v, r)) return fail(flaw::reads_nothing_written, a);
    if (k_.lost[v]) return fail(flaw::reads_overwritten_value, a);
    if (is_sum_of_rows(v) && !k_.added[v] && store_like(s, a) < 0)
      return fail(flaw::reads_nothing_written, a);
    k_.read_in[v] = now_ + 1;
  }
  constexpr bool is_covered_together(int v, const region& r) {
    const comparison c = comparison_with(v, r);
    return !can_afford(c) || c.is_covered();
  }
  /// Whether all accesses of a scan to a value that the scan fills go on by equal distances: then the
  /// first two iterations stand for all.
  constexpr bool keeps_pace(int v, const access& x) const {
    for (int w = k_.writes_of[v]; w != 0; w = k_.next[w - 1]) {
      const step& by = p.steps[k_.step_of[w - 1]];
      if (by.scan == scan_ && p.accesses[w - 1].iteration != x.iteration) return false;
      if (inner_ != 0 && by.inner == inner_ && p.accesses[w - 1].inner != x.inner) return false;
    }
    return true;
  }
  /// Whether a write counts as one that a load may rest on: from the second iteration on, what a
  /// loop fills is read from what the loop itself stored. So the second iteration stands for all
  /// that follow.
  constexpr bool counts(int w, int v) const {
    const step& by = p.steps[k_.step_of[w]];
    return (iteration_ == 0 || !is_filled_by_scan(v) || by.scan == scan_) &&
           (turn_ == 0 || !is_filled_inside(v) || by.inner == inner_);
  }
  /// A region beside the parts of a value that are written already.
  constexpr comparison comparison_with(int v, const region& r) const {
    int count = 0;
    for (int w = k_.writes_of[v]; w != 0; w = k_.next[w - 1])
      if (counts(w - 1, v)) ++count;
    int at = k_.writes_of[v];
    return {r, count, [&](int) {
              while (!counts(at - 1, v)) at = k_.next[at - 1];
              const int w = at - 1;
              at = k_.next[w];
              return written(w);
            }};
  }

  /// No earlier step has changed what is read of the caller's buffers.
  constexpr void check_unchanged(const step& s, int a, const region& r) {
    for (int w = k_.changes_of[buffer(p.accesses[a])]; w != 0; w = k_.next[w - 1]) {
      const region changed = written(w - 1);
      if (changed.first <= r.last() && r.first <= changed.last())
        return fail(flaw::reads_changed_buffer, a);
    }
    // A step that changes a buffer may read of it what it stores next, and that in its epilogue.
    for (int w = s.access_begin; w < s.access_end; ++w) {
      const access &x = p.accesses[a], &y = p.accesses[w];
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
      if (p.code[i].what == action::load && p.code[i].a == a) return true;
    return false;
  }

  /// Rows of a table change by addition alone: then a row that comes twice is right. Those of a
  /// value of the arena have zeros from an earlier step, and no step reads them in between.
  constexpr void check_added_rows(const step& s, int a, int beyond) {
    const access& x = p.accesses[a];
    if (!adds_to_what_is_there(s, a)) return fail(flaw::stores_element_twice, a);
    if (s.lane_out >= 0 && x.stride[s.lane_out] != 1) return fail(flaw::malformed_step, a);
    if (s.trips * s.inner_trips > 1 && x.where != place::arena)
      return fail(flaw::stores_element_twice, a);
    check_bounds(s, a, reached_by_all(s, x), beyond);
    if (k_.found) check_tail(s, a, beyond);
    if (!k_.found) return;
    if (is_packed(x.where)) {
      k_.step_of[a] = now_;
      k_.stored[a] = 1;
      return add_to(k_.changes_of[buffer(x)], a);
    }
    if (x.where != place::arena || x.storage < 0 || !is_sum_of_rows(x.storage))
      return fail(flaw::malformed_step, a);
    if (k_.added[x.storage]) return fail(flaw::stores_element_twice, a);
    k_.added[x.storage] = true;
  }

  constexpr void check_store(const step& s, int a, int beyond) {
    const access& x = p.accesses[a];
    if (x.by_row) return check_added_rows(s, a, beyond);
    if (x.where == place::input || x.where == place::target || x.where == place::scalars ||
        x.where == place::weight)
      return fail(flaw::stores_read_only_buffer, a);
    if (x.iteration != 0 && x.inner != 0) return fail(flaw::malformed_step, a);
    if (x.iteration != 0 && s.inner_trips > 1) return fail(flaw::stores_element_twice, a);
    check_each_once(s, a);
    const region r = reached_by_all(s, x);
    if (k_.found && x.where == place::history) check_history(s, a);
    if (k_.found && x.where != place::history) check_bounds(s, a, r, beyond);
    if (k_.found) check_tail(s, a, beyond);
    if (!k_.found) return;
    k_.step_of[a] = now_;
    k_.stored[a] = x.iteration != 0 ? iteration_ + 1 : x.inner != 0 ? turn_ + 1 : 1;
    // The first iteration took the place for all.
    if ((iteration_ > 0 && x.iteration != 0) || (turn_ > 0 && x.inner != 0)) return;
    if (x.where == place::arena)
      take(a, r, x.exact ? 0 : beyond);
    else if (x.where == place::history)
      add_to_history(a, r);
    else
      add_to(is_packed(x.where) ? k_.changes_of[buffer(x)]
                                : k_.results[result_buffer(x.where, x.slot)],
             a);
  }
  constexpr void add_to_history(int a, const region& r) {
    const int v = p.accesses[a].storage;
    if (k_.writes_of[v] != 0 && overlaps_earlier(v, r)) return fail(flaw::stores_element_twice, a);
    add_to(k_.writes_of[v], a);
  }
  constexpr void add_to(int& list, int a) {
    k_.next[a] = list;
    list = a + 1;
  }

  /// Every result has an element of its own, in lanes side by side.
  constexpr void check_each_once(const step& s, int a) {
    const access& x = p.accesses[a];
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
    const access& x = p.accesses[a];
    if (beyond == 0 || x.exact) return;
    for (int l = 0; l < s.parallel; ++l)
      if (l != s.lane_out && x.stride[l] < s.extent[s.lane_out] + beyond && s.extent[l] > 1 &&
          !(x.by_row && x.stride[l] == 0))
        return fail(flaw::vector_over_neighbour, a);
    if (x.by_row && s.row_count > 1 && s.row_stride < s.extent[s.lane_out] + beyond)
      return fail(flaw::vector_over_neighbour, a);
    if (x.where == place::history) return fail(flaw::vector_over_neighbour, a);  // earlier samples
    if (is_packed(x.where) && !x.zero_tail) fail(flaw::padding_not_zero, a);
    if (x.where == place::arena && k_.writes_of[x.storage] != 0 && !x.by_row)
      fail(flaw::vector_over_neighbour, a);  // another part of the value is there already
  }

  /// Gives elements of the arena to a value; other values that held some of them are lost.
  constexpr void take(int a, const region& r, int beyond) {
    const int v = p.accesses[a].storage;
    if (v < 0 || v >= Graph::node_count) return fail(flaw::malformed_step, a);
    const holding own{r.first, r.last() + beyond + 1, v};
    // What a further iteration stores for the first time has not been there to be overwritten.
    if (scan_ != 0 && k_.writes_of[v] == 0) k_.lost[v] = false;
    int low = 0, high = k_.held_count;
    while (low < high) {
      const int middle = (low + high) / 2;
      if (k_.held[middle].end <= own.begin)
        low = middle + 1;
      else
        high = middle;
    }
    int behind = low;  // the first holding behind the new one
    for (; behind < k_.held_count && k_.held[behind].begin < own.end; ++behind) {
      const int other = k_.held[behind].value;
      const bool reads_another_step =
          other == v && (is_filled_by_scan(v) || is_filled_inside(v)) && reads_apart(a);
      if (k_.read_in[other] == now_ + 1 && !reads_another_step)
        return fail(flaw::overwrites_what_it_reads, a);
      if (other != v) k_.lost[other] = true;
    }
    replace(low, behind, own);
    if (k_.lost[v]) return fail(flaw::reads_overwritten_value, a);
    if (k_.writes_of[v] != 0 && overlaps_earlier(v, r)) return fail(flaw::stores_element_twice, a);
    add_to(k_.writes_of[v], a);
  }
  /// Whether the step reads other elements of a value than it stores in the same iteration.
  constexpr bool reads_apart(int a) {
    const step& s = p.steps[now_];
    const region own = reached(s, p.accesses[a]);
    for (int b = s.access_begin; b < s.access_end; ++b) {
      const access& x = p.accesses[b];
      if (x.stores || x.where != place::arena || x.storage != p.accesses[a].storage) continue;
      const comparison c{reached(s, x), 1, [&](int) { return own; }};
      if (can_afford(c) && c.is_met()) return false;
    }
    return true;
  }

  /// Puts one holding in place of those from `from` to `to` - 1; parts of the same value stay.
  constexpr void replace(int from, int to, holding own) {
    for (int i = from; i < to; ++i)
      if (k_.held[i].value == own.value) {
        if (k_.held[i].begin < own.begin) own.begin = k_.held[i].begin;
        if (k_.held[i].end > own.end) own.end = k_.held[i].end;
      }
    const int more = 1 - (to - from);
    if (more > 0)
      for (int i = k_.held_count; i > from; --i) k_.held[i] = k_.held[i - 1];
    else if (more < 0)
      for (int i = to; i < k_.held_count; ++i) k_.held[i + more] = k_.held[i];
    k_.held_count += more;
    k_.held[from] = own;
  }

  /// What steps keep for one iteration of a loop alone is stored anew in the next one.
  constexpr void forget_iteration(int first, int end, int access::* distance) {
    for (int i = first; i < end; ++i)
      for (int a = p.steps[i].access_begin; a < p.steps[i].access_end; ++a) {
        const access& x = p.accesses[a];
        if (!x.stores || x.where != place::arena || x.*distance != 0) continue;
        k_.writes_of[x.storage] = 0;
        k_.added[x.storage] = false;
      }
  }

  /// Whether a part of a value covers elements of an earlier part.
  constexpr bool overlaps_earlier(int v, const region& r) {
    const comparison c = comparison_with(v, r);
    return can_afford(c) && c.is_met();
  }

  /// Everything that the graph stores is stored whole, once.
  constexpr void check_results() {
    now_ = Program::step_count;
    check_histories();
    for (int i = 0; i < Graph::node_count && k_.found; ++i) {
      const node& n = call.g[i];
      if (k_.writes_of[i] != 0 || is<extended>(n.op)) check_whole_value(n, i);
      if (k_.writes_of[i] != 0 && is_sum_of_rows(i) && !k_.added[i])
        fail(flaw::stored_incompletely, k_.writes_of[i] - 1);
      if (n.op->kind != family::assign) continue;
      const write_back::attributes to = unpack<write_back::attributes>(n.attr);
      if (to.tensor < 0) {
        check_result(n, to);
        continue;
      }
      const region whole = tensor_region(to.tensor);
      access key;
      key.where = to.where;
      key.slot = to.slot;
      key.storage = to.tensor;
      const int w = k_.changes_of[buffer(key)];
      if (w == 0 || k_.next[w - 1] != 0 || p.accesses[w - 1].by_row != adds_rows(n) ||
          !(written(w - 1) == whole))
        fail(flaw::stored_incompletely, w - 1);
    }
  }
  /// No two values of a stream share rows.
  constexpr void check_histories() {
    for (int i = 0; i < Graph::node_count; ++i) {
      if (!is<extended>(call.g[i].op)) continue;
      const auto a = attributes_of<extended>(call.g[i]);
      const int end = a.begin + a.row * extended::rows(call.g[i].dims, a);
      for (int k = 0; k < i; ++k) {
        if (!is<extended>(call.g[k].op)) continue;
        const auto b = attributes_of<extended>(call.g[k]);
        const int other_end = b.begin + b.row * extended::rows(call.g[k].dims, b);
        if (a.slot == b.slot && a.begin < other_end && b.begin < end)
          return fail(flaw::outside_of_buffer);
      }
    }
  }
  /// A value of the arena has as many elements as its node; of what a stream keeps, the block.
  constexpr void check_whole_value(const node& n, int i) {
    int wanted = n.dims.count() * (n.batched ? call.g.batch : 1);
    if (is<extended>(n.op)) wanted -= call.g[n.in[0]].dims.count();
    if (stored_elements(i) != wanted)
      fail(flaw::stored_incompletely, k_.writes_of[i] - 1);
  }
  constexpr void check_result(const node& n, const write_back::attributes& to) {
    strided at{0, n.dims.count(), {}};
    for (int i = n.dims.rank - 1, size = 1; i >= 0; size *= n.dims[i--]) at.stride[i] = size;
    const region whole = region_of(at, n.dims, n.batched ? call.g.batch : 1);
    if (whole.count() < call.size(to.where, to.slot)) return fail(flaw::stored_incompletely);
    const int w = k_.results[result_buffer(to.where, to.slot)];
    if (w == 0 || k_.next[w - 1] != 0 ||
        !(written(w - 1) == whole))
      fail(flaw::stored_incompletely, w - 1);
  }
};

}  // namespace tapeless::checker
