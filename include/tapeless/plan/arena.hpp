#pragma once
// Places values whose lives do not overlap in the same memory.

#include <tapeless/plan/program.hpp>

namespace tapeless {

/// One value in the arena: how much it takes, and the steps between which it must stay.
struct lifetime {
  int size = 0;
  int first = 0;
  int last = -1;
  int offset = 0;
};

/// First fit, in the order of first use. Offsets are multiples of 16 elements.
constexpr memory_plan assign_offsets(lifetime* values, const int* order, int count) {
  memory_plan m;
  int* const alive = new int[static_cast<std::size_t>(count) + 1]{};  // by offset
  int n = 0;
  for (int k = 0; k < count; ++k) {
    lifetime& v = values[order[k]];
    int kept = 0, live_size = v.size;
    for (int i = 0; i < n; ++i) {
      const lifetime& other = values[alive[i]];
      if (other.last < v.first) continue;
      live_size += other.size;
      alive[kept++] = alive[i];
    }
    n = kept;
    if (live_size > m.lower_bound) m.lower_bound = live_size;
    int at = 0, place_in = 0;
    for (; place_in < n; ++place_in) {
      const lifetime& other = values[alive[place_in]];
      if (at + v.size <= other.offset) break;
      if (other.offset + other.size > at) at = other.offset + other.size;
    }
    v.offset = at;
    if (at + v.size > m.arena) m.arena = at + v.size;
    for (int i = n; i > place_in; --i) alive[i] = alive[i - 1];
    alive[place_in] = order[k];
    ++n;
  }
  delete[] alive;
  return m;
}

}  // namespace tapeless
