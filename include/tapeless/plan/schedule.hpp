#pragma once
// The order in which the steps of a plan run: a topological order of their dependences.

#include <tapeless/plan/dependences.hpp>

namespace tapeless {

/// Among the steps that nothing is left to wait for, those that serve updates alone run first,
/// since their operands are still in the caches and need no place any longer afterwards; the others
/// run in the order of their last nodes. The choice among ready steps changes speed and memory, not
/// results: the dependences alone decide about these.
template <int Nodes, int Tensors, int Steps>
struct schedule {
  int order[Steps > 0 ? Steps : 1] = {};
  bool complete = false;  ///< false if dependences run in a circle, which no plan has

  template <class Lowered>
  constexpr explicit schedule(const Lowered& low) {
    mark_updates(low);
    const dependences<Nodes, Tensors, Lowered> after{low};
    int count = 0, next_other = 0;
    for (int s = 0; s < low.step_count; ++s) {
      waits_[s] = after.waits(s);
      if (waits_[s] == 0 && serves_updates_[s]) add_ready(s);
    }
    while (count < low.step_count) {
      const int s = take_ready(low.step_count, next_other);
      if (s < 0) return;
      order[count++] = s;
      waits_[s] = -1;
      after.for_each_successor(s, [&](int to) {
        if (--waits_[to] == 0 && serves_updates_[to]) add_ready(to);
      });
    }
    complete = true;
  }

 private:
  static constexpr int room = Steps > 0 ? Steps : 1;
  bool serves_updates_[room] =
      {};                 // stores parameters, state or gradients, or feeds such steps alone
  int waits_[room] = {};  // dependences left; -1 when the step has its place
  int ready_[room] = {};  // steps that serve updates and wait for nothing, ascending
  int ready_count_ = 0;

  constexpr void add_ready(int s) {
    int i = ready_count_++;
    for (; i > 0 && ready_[i - 1] < s; --i) ready_[i] = ready_[i - 1];
    ready_[i] = s;  // the list is descending, so that its end is the next one
  }

  constexpr int take_ready(int steps, int& next_other) {
    if (ready_count_ > 0) return ready_[--ready_count_];
    while (next_other < steps && (waits_[next_other] < 0 || serves_updates_[next_other]))
      ++next_other;
    for (int s = next_other; s < steps; ++s)
      if (waits_[s] == 0 && !serves_updates_[s]) return s;
    return -1;
  }

  template <class Lowered>
  constexpr void mark_updates(const Lowered& low) {
    bool read[Nodes + 1] = {}, read_by_others[Nodes + 1] = {};
    for (int s = low.step_count - 1; s >= 0; --s) {
      bool updates = false, for_updates = false, for_others = false;
      const step& own = low.steps[s];
      for (int a = own.access_begin; a < own.access_end; ++a) {
        const access& x = low.accesses[a];
        if (!x.stores) continue;
        if (lies_as_parameter(x.where)) updates = true;
        if (x.where != place::arena) continue;
        for_updates = for_updates || read[x.storage];
        for_others = for_others || read_by_others[x.storage];
      }
      serves_updates_[s] = updates || (for_updates && !for_others);
      for (int a = own.access_begin; a < own.access_end; ++a) {
        const access& x = low.accesses[a];
        if (x.stores || x.where != place::arena || x.storage < 0) continue;
        read[x.storage] = true;
        if (!updates) read_by_others[x.storage] = true;
      }
    }
  }
};

}  // namespace tapeless
