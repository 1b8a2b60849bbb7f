#pragma once
// Checks after the last step: values, results and updates are stored completely, each once.

#include <tapeless/ops/write_back.hpp>
#include <tapeless/plan/checker_stores.hpp>

namespace tapeless::checker {

/// Checks of what a plan leaves behind.
template <class Program, class Graph>
class result_checks : public store_checks<Program, Graph> {
  using base = store_checks<Program, Graph>;

 public:
  using base::base;

 protected:
  using base::buffer;
  using base::call_;
  using base::fail;
  using base::is_sum_of_rows;
  using base::known_;
  using base::none;
  using base::now_;
  using base::program_;
  using base::result_buffer;
  using base::stored_elements;
  using base::tensor_region;
  using base::written;

  /// Everything that the graph stores is stored whole, once.
  constexpr void check_results() {
    now_ = Program::step_count;
    check_histories();
    for (int i = 0; i < Graph::node_count && known_.found; ++i) {
      const node& n = call_.g[i];
      if (known_.writes_of[i] != none || is<extended>(n.op)) check_whole_value(n, i);
      if (known_.writes_of[i] != none && is_sum_of_rows(i) && !known_.added[i])
        fail(flaw::stored_incompletely, known_.writes_of[i]);
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
      const int w = known_.changes_of[buffer(key)];
      if (w == none || known_.next[w] != none || program_.accesses[w].by_row != adds_rows(n) ||
          !(written(w) == whole))
        fail(flaw::stored_incompletely, w);
    }
  }

  /// No two values of a stream share rows.
  constexpr void check_histories() {
    for (int i = 0; i < Graph::node_count; ++i) {
      if (!is<extended>(call_.g[i].op)) continue;
      const auto a = attributes_of<extended>(call_.g[i]);
      const int end = a.begin + a.row * extended::rows(call_.g[i].dims, a);
      for (int k = 0; k < i; ++k) {
        if (!is<extended>(call_.g[k].op)) continue;
        const auto b = attributes_of<extended>(call_.g[k]);
        const int other_end = b.begin + b.row * extended::rows(call_.g[k].dims, b);
        if (a.slot == b.slot && a.begin < other_end && b.begin < end)
          return fail(flaw::outside_of_buffer);
      }
    }
  }

  /// A value of the arena has as many elements as its node; of what a stream keeps, the block.
  constexpr void check_whole_value(const node& n, int i) {
    int wanted = n.dims.count() * (n.batched ? call_.g.batch : 1);
    if (is<extended>(n.op)) wanted -= call_.g[n.in[0]].dims.count();
    if (stored_elements(i) != wanted) fail(flaw::stored_incompletely, known_.writes_of[i]);
  }

  constexpr void check_result(const node& n, const write_back::attributes& to) {
    strided at{0, n.dims.count(), {}};
    for (int i = n.dims.rank - 1, size = 1; i >= 0; size *= n.dims[i--]) at.stride[i] = size;
    const region whole = region_of(at, n.dims, n.batched ? call_.g.batch : 1);
    if (whole.count() < call_.size(to.where, to.slot)) return fail(flaw::stored_incompletely);
    const int w = known_.results[result_buffer(to.where, to.slot)];
    if (w == none || known_.next[w] != none || !(written(w) == whole))
      fail(flaw::stored_incompletely, w);
  }
};

}  // namespace tapeless::checker
