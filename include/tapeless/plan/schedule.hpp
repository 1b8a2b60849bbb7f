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
    for (int s = 0; s < low.step_count; ++s) waits_[s] = after.waits(s);
    gather_scans(low, after);
    for (int s = 0; s < low.step_count; ++s)
      if (waits_[s] == 0 && serves_updates_[s]) add_ready(s);
    while (count < low.step_count) {
      const int s = take_ready(low.step_count, next_other);
      if (s < 0) return;
      place_step(low, after, s, count);
    }
    complete = count == low.step_count;
  }

 private:
  static constexpr int room = Steps > 0 ? Steps : 1;
  bool serves_updates_[room] =
      {};                 // stores parameters, state or gradients, or feeds such steps alone
  int waits_[room] = {};  // dependences left; -1 when the step has its place
  int ready_[room] = {};  // steps that serve updates and wait for nothing, ascending
  int ready_count_ = 0;

  int next_in_scan_[room] = {};  // of steps of a scan: the next one of the same scan + 1
  bool follows_[room] = {};      // a step of a scan that is not the scan's first

  /// The steps of a scan are placed together. The first step of the scan stands for all of them: the
  /// first step waits for everything outside of the scan that any step of the scan depends on.
  template <class Lowered, class Dependences>
  constexpr void gather_scans(const Lowered& low, const Dependences& after) {
    int last[room] = {};  // by scan, in the order in which they are met: step + 1
    int number[room] = {}, scans = 0;
    for (int s = 0; s < low.step_count; ++s) {
      if (low.steps[s].scan == 0) continue;
      int k = 0;
      while (k < scans && number[k] != low.steps[s].scan) ++k;
      if (k == scans) {
        number[scans++] = low.steps[s].scan;
      } else {
        next_in_scan_[last[k] - 1] = s + 1;
        follows_[s] = true;
      }
      last[k] = s + 1;
    }
    if (scans == 0) return;
    for (int s = 0; s < low.step_count; ++s) {
      if (low.steps[s].scan == 0) continue;
      serves_updates_[s] = false;
      after.for_each_successor(s, [&](int to) {
        if (low.steps[to].scan == low.steps[s].scan) --waits_[to];  // settled within the scan
      });
    }
    for (int s = 0; s < low.step_count; ++s)
      if (follows_[s]) {
        waits_[leader(low, s)] += waits_[s];
        waits_[s] = 1;  // placed with the first
      }
  }
  template <class Lowered>
  constexpr int leader(const Lowered& low, int s) const {
    if (!follows_[s]) return s;
    for (int i = 0; i < s; ++i)
      if (low.steps[i].scan == low.steps[s].scan) return i;
    return s;
  }

  template <class Lowered, class Dependences>
  constexpr void place_step(const Lowered& low, const Dependences& after, int s, int& count) {
    const int scan = low.steps[s].scan, begin = count;
    if (scan == 0) {
      order[count++] = s;
      waits_[s] = -1;
    } else {
      place_scan(low, after, s, count);
    }
    for (int i = begin; i < count; ++i)
      after.for_each_successor(order[i], [&](int to) {
        if (scan != 0 && low.steps[to].scan == scan) return;
        const int waiting = leader(low, to);
        if (--waits_[waiting] == 0 && serves_updates_[waiting]) add_ready(waiting);
      });
  }
  /// The steps of a scan, in the order of their dependences within one iteration. Those of a loop
  /// inside are placed together, as the scan's are among all steps.
  template <class Lowered, class Dependences>
  constexpr void place_scan(const Lowered& low, const Dependences& after, int first, int& count) {
    const int scan = low.steps[first].scan;
    int left = 0;
    for (int s = first; s >= 0; s = next_in_scan_[s] - 1) {
      waits_[s] = 0;
      ++left;
    }
    for (int s = first; s >= 0; s = next_in_scan_[s] - 1)
      after.for_each_successor(s, [&](int to) {
        if (low.steps[to].scan == scan && !in_one_inner_scan(low.steps[to], low.steps[s]))
          ++waits_[first_in_body(low, first, to)];
      });
    while (left > 0) {
      int s = first;
      while (s >= 0 && (waits_[s] != 0 || first_in_body(low, first, s) != s))
        s = next_in_scan_[s] - 1;
      if (s < 0) return;  // a circle: the order stays incomplete
      const int begin = count, inner = low.steps[s].inner;
      if (inner == 0) {
        order[count++] = s;
        waits_[s] = -1;
      } else if (!place_inner_scan(low, after, s, count)) {
        return;
      }
      left -= count - begin;
      for (int i = begin; i < count; ++i)
        after.for_each_successor(order[i], [&](int to) {
          if (low.steps[to].scan == scan && !in_one_inner_scan(low.steps[to], low.steps[s]))
            --waits_[first_in_body(low, first, to)];
        });
    }
  }
  /// Of a step of a scan: the first step of its loop inside the scan, else the step itself.
  template <class Lowered>
  constexpr int first_in_body(const Lowered& low, int first, int s) const {
    if (low.steps[s].inner == 0) return s;
    while (low.steps[first].inner != low.steps[s].inner) first = next_in_scan_[first] - 1;
    return first;
  }
  /// The steps of a loop inside of a scan, from its first one on; false if dependences run in a
  /// circle.
  template <class Lowered, class Dependences>
  constexpr bool place_inner_scan(const Lowered& low, const Dependences& after, int first,
                                  int& count) {
    const auto is_inside = [&](int s) { return in_one_inner_scan(low.steps[s], low.steps[first]); };
    int left = 0;
    for (int s = first; s >= 0; s = next_in_scan_[s] - 1)
      if (is_inside(s)) {
        waits_[s] = 0;
        ++left;
      }
    for (int s = first; s >= 0; s = next_in_scan_[s] - 1)
      if (is_inside(s))
        after.for_each_successor(s, [&](int to) {
          if (is_inside(to)) ++waits_[to];
        });
    for (; left > 0; --left) {
      int s = first;
      while (s >= 0 && (waits_[s] != 0 || !is_inside(s))) s = next_in_scan_[s] - 1;
      if (s < 0) return false;
      order[count++] = s;
      waits_[s] = -1;
      after.for_each_successor(s, [&](int to) {
        if (is_inside(to)) --waits_[to];
      });
    }
    return true;
  }

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
