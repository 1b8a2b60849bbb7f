#pragma once
// What the checker of plans knows of buffers: where each of them begins and ends, and which
// elements of a value the steps so far have stored.

#include <tapeless/ops/extended.hpp>
#include <tapeless/plan/checker_rows.hpp>

namespace tapeless::checker {

/// Bounds of buffers, and lists of what was stored, for the checks of loads and stores.
template <class Program, class Graph>
class buffer_checks : public row_checks<Program, Graph> {
  using base = row_checks<Program, Graph>;

 public:
  using base::base;

 protected:
  using base::call_;
  using base::fail;
  using base::inner_;
  using base::is_filled_by_scan;
  using base::is_filled_inside;
  using base::iteration_;
  using base::known_;
  using base::none;
  using base::program_;
  using base::scan_;
  using base::turn_;
  using base::written;

  static constexpr int kinds = base::state::kinds;

  /// Elements that one range of steps is compared by. What would take more is taken for right:
  /// compilers bound the work of a constant expression, and a plan that cannot be checked whole
  /// must compile all the same.
  static constexpr int most_work = 30000;
  int work_ = 0;

  constexpr bool can_afford(const comparison& c) {
    work_ += c.work();
    return work_ <= most_work;
  }

  /// The number of a packed buffer: a parameter, its gradient, or a slot of its state.
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

  /// Whether an access stays in its buffer, vectors included. beyond: lanes of the last vector that
  /// lie behind the last element.
  constexpr void check_bounds(const step& s, int a, const region& r, int beyond) {
    const access& x = program_.accesses[a];
    int begin = 0, end = 0, vector_end = 0;
    if (x.where == place::arena) {
      end = program_.memory.arena;
      vector_end = program_.memory.arena + 16;
    } else if (is_packed(x.where)) {
      if (x.storage < 0 || x.storage >= Graph::tensor_count || x.slot < 0 || x.slot > 2)
        return fail(flaw::outside_of_buffer, a);
      begin = call_.begin[x.storage];
      end = call_.end[x.storage];
      vector_end = x.stores ? end : call_.parameters;
    } else {
      end = vector_end = call_.size(x.where, x.slot);
    }
    if (r.first < begin || r.last() >= end) return fail(flaw::outside_of_buffer, a);
    const bool transposes =
        s.form == kernel_form::transposed && !x.stores;  // loads no more than it needs
    if (!x.exact && !transposes && r.last() + beyond >= vector_end)
      fail(flaw::vector_beyond_buffer, a);
  }

  /// The elements of a parameter, without padding.
  constexpr region tensor_region(int index) const {
    const tensor& t = call_.g.tensors[index];
    strided at = tensor_strides(t);
    at.offset = call_.begin[index];
    return region_of(at, t.dims, 1);
  }
  static constexpr bool lies_within(const region& whole, const region& part) {
    if (contains(whole, part)) return true;
    return comparison{part, 1, [&](int) { return whole; }}.is_covered();
  }

  /// What a stream keeps: rows of which the first samples are there from earlier calls and the last
  /// ones, the block, are stored by this call before they are read. An access stays within its
  /// rows: its loops walk either from row to row or along time.
  constexpr void check_history(const step& s, int a) {
    const access& x = program_.accesses[a];
    const int v = x.storage;
    if (v < 0 || v >= Graph::node_count || !is<extended>(call_.g[v].op))
      return fail(flaw::malformed_step, a);
    const node& n = call_.g[v];
    const auto at = attributes_of<extended>(n);
    if (at.slot != x.slot || at.slot < 0 || at.slot >= max_ports || at.begin < 0)
      return fail(flaw::outside_of_buffer, a);
    const int samples = n.dims[at.axis], given = call_.g[n.in[0]].dims[at.axis];
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
    for (int w = known_.writes_of[v]; w != none; w = known_.next[w]) elements += written(w).count();
    return elements;
  }

  /// A region beside the parts of a value that are written already.
  constexpr comparison comparison_with(int v, const region& r) const {
    int count = 0;
    for (int w = known_.writes_of[v]; w != none; w = known_.next[w])
      if (counts(w, v)) ++count;
    int at = known_.writes_of[v];
    return {r, count, [&](int) {
              while (!counts(at, v)) at = known_.next[at];
              const int w = at;
              at = known_.next[w];
              return written(w);
            }};
  }
  /// Whether a write counts as one that a load may rest on: from the second iteration on, what a
  /// loop fills is read from what the loop itself stored. So the second iteration stands for all
  /// that follow.
  constexpr bool counts(int w, int v) const {
    const step& by = program_.steps[known_.step_of[w]];
    return (iteration_ == 0 || !is_filled_by_scan(v) || by.scan == scan_) &&
           (turn_ == 0 || !is_filled_inside(v) || by.inner == inner_);
  }
};

}  // namespace tapeless::checker
