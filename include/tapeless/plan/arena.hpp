#pragma once
// Places values whose lives do not overlap in the same memory.

#include <tapeless/plan/lower.hpp>

namespace tapeless {

/// One value in the arena: how much it takes, and the steps between which it must stay.
struct lifetime {
  int size = 0;
  int first = 0;
  int last = -1;
  int offset = 0;
};

/// Free ranges of the arena below its top, by offset.
struct free_ranges {
  int* begin;
  int* end;
  int count = 0;

  /// Adds a range, merged with its neighbours.
  constexpr void add(int from, int to) {
    int i = count;
    while (i > 0 && begin[i - 1] > from) --i;
    const bool left = i > 0 && end[i - 1] == from, right = i < count && begin[i] == to;
    if (left && right) {
      end[i - 1] = end[i];
      erase(i);
    } else if (left) {
      end[i - 1] = to;
    } else if (right) {
      begin[i] = from;
    } else {
      for (int k = count++; k > i; --k) {
        begin[k] = begin[k - 1];
        end[k] = end[k - 1];
      }
      begin[i] = from;
      end[i] = to;
    }
  }
  constexpr void erase(int i) {
    --count;
    for (int k = i; k < count; ++k) {
      begin[k] = begin[k + 1];
      end[k] = end[k + 1];
    }
  }
};

/// First fit, in the order of first use; what is no longer needed is free for others. Offsets are
/// multiples of 16 elements.
constexpr memory_plan assign_offsets(lifetime* values, const int* order, int count, int steps) {
  const std::size_t room = static_cast<std::size_t>(count + steps) + 2;
  int* const dying = new int[room]{};  // values by their last step
  int* const next = new int[room]{};
  free_ranges holes{new int[room]{}, new int[room]{}};
  for (int k = 0; k < count; ++k) {
    int& head = dying[values[order[k]].last];
    next[k] = head;
    head = k + 1;
  }
  memory_plan m;
  int now = 0, live = 0;
  for (int k = 0; k < count; ++k) {
    lifetime& v = values[order[k]];
    for (; now < v.first; ++now)
      for (int d = dying[now]; d != 0; d = next[d - 1]) {
        const lifetime& gone = values[order[d - 1]];
        holes.add(gone.offset, gone.offset + gone.size);
        live -= gone.size;
      }
    live += v.size;
    if (live > m.lower_bound) m.lower_bound = live;
    int h = 0;
    while (h < holes.count && holes.end[h] - holes.begin[h] < v.size && holes.end[h] != m.arena)
      ++h;
    if (h == holes.count) {
      v.offset = m.arena;
      m.arena += v.size;
    } else {
      v.offset = holes.begin[h];
      holes.begin[h] += v.size;
      if (holes.begin[h] > m.arena) m.arena = holes.begin[h];
      if (holes.begin[h] >= holes.end[h]) holes.erase(h);
    }
  }
  delete[] dying;
  delete[] next;
  delete[] holes.begin;
  delete[] holes.end;
  return m;
}

/// Where each stored value lies in the arena: from the first step that touches the value to the
/// last.
template <int Nodes>
struct placement {
  int offset[Nodes + 1] = {};
  memory_plan memory;

  template <class Lowered>
  constexpr placement(const Lowered& low, const int* size, const int* order) {
    lifetime life[Nodes + 1] = {};
    int by_first[Nodes + 1] = {}, count = 0;
    for (int k = 0; k < low.step_count; ++k) {
      const step& s = low.steps[order[k]];
      for (int a = s.access_begin; a < s.access_end; ++a) {
        const int v = low.accesses[a].storage;
        if (low.accesses[a].where != place::arena || v < 0) continue;
        if (life[v].last < 0) {
          life[v].first = k;
          life[v].size = size[v];
          by_first[count++] = v;
        }
        life[v].last = k;
      }
    }
    outlive_scans(low, life, by_first, count, order);
    memory = assign_offsets(life, by_first, count, low.step_count);
    for (int i = 0; i < count; ++i) offset[by_first[i]] = life[by_first[i]].offset;
  }
 private:
  /// What a scan shares with the steps around it, or keeps per iteration, lives as long as the scan:
  /// every iteration needs the place again. What is stored and read within one iteration does not.
  template <class Lowered>
  static constexpr void outlive_scans(const Lowered& low, lifetime* life, int* by_first, int count,
                                      const int* order) {
    bool extended = false;
    for (int begin = 0; begin < low.step_count;) {
      const int scan = low.steps[order[begin]].scan;
      int end = begin + 1;
      while (end < low.step_count && scan != 0 && low.steps[order[end]].scan == scan) ++end;
      if (scan != 0) {
        extended = outlive_loop(low, life, order, begin, end, &access::iteration) || extended;
        for (int from = begin; from < end;) {
          int to = from + 1;
          while (to < end && in_one_inner_scan(low.steps[order[from]], low.steps[order[to]])) ++to;
          if (low.steps[order[from]].inner != 0)
            extended = outlive_loop(low, life, order, from, to, &access::inner) || extended;
          from = to;
        }
      }
      begin = end;
    }
    if (!extended) return;
    // By rising first step again.
    for (int i = 1; i < count; ++i) {
      const int v = by_first[i];
      int k = i;
      for (; k > 0 && life[by_first[k - 1]].first > life[v].first; --k)
        by_first[k] = by_first[k - 1];
      by_first[k] = v;
    }
  }
  /// The same for one loop, whose steps have the places from `begin` to `end` - 1 in the order.
  template <class Lowered>
  static constexpr bool outlive_loop(const Lowered& low, lifetime* life, const int* order,
                                     int begin, int end, int access::* distance) {
    bool extended = false;
    for (int k = begin; k < end; ++k) {
      const step& s = low.steps[order[k]];
      for (int a = s.access_begin; a < s.access_end; ++a) {
        const access& x = low.accesses[a];
        if (x.where != place::arena || x.storage < 0) continue;
        lifetime& v = life[x.storage];
        if (x.*distance == 0 && v.first >= begin && v.last < end) continue;
        if (v.first > begin) v.first = begin;
        if (v.last < end - 1) v.last = end - 1;
        extended = true;
      }
    }
    return extended;
  }
};

}  // namespace tapeless
