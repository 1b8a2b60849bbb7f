#pragma once
// The processor that the measuring thread stays on, and leave for others to use all of them.
#include <sched.h>

namespace contest {

/// Keeps this thread on the last processor that the process may use. Threads that it starts inherit
/// that, but for those started while an `anywhere` lives.
class pinned {
 public:
  pinned() {
    allowed() = read();
    cpu_set_t last;
    CPU_ZERO(&last);
    for (int i = CPU_SETSIZE - 1; i >= 0 && CPU_COUNT(&last) == 0; --i)
      if (CPU_ISSET(i, &allowed())) CPU_SET(i, &last);
    write(last);
  }

  /// Lifts it for as long as it lives.
  class anywhere {
   public:
    anywhere() : before_(read()) {
      if (CPU_COUNT(&allowed()) > 0) write(allowed());
    }
    ~anywhere() { write(before_); }
    anywhere(const anywhere&) = delete;
    anywhere& operator=(const anywhere&) = delete;

   private:
    cpu_set_t before_;
  };

 private:
  static cpu_set_t read() {
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_getaffinity(0, sizeof(set), &set);
    return set;
  }
  static void write(const cpu_set_t& set) {
    if (CPU_COUNT(&set) > 0) sched_setaffinity(0, sizeof(set), &set);
  }
  /// All processors of the process; none before the first `pinned`.
  static cpu_set_t& allowed() {
    static cpu_set_t set{};
    return set;
  }
};

}  // namespace contest
