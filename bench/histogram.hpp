#pragma once
// The distribution of single calls.
#include <x86intrin.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

#include "report.hpp"

namespace contest {

/// Processor time stamps; nothing before `start` is still under way, nothing before `stop` either.
struct stamps {
  static std::uint64_t start() {
    _mm_lfence();
    const std::uint64_t t = __rdtsc();
    _mm_lfence();
    return t;
  }
  static std::uint64_t stop() {
    unsigned core;
    const std::uint64_t t = __rdtscp(&core);
    _mm_lfence();
    return t;
  }
  /// ns of one tick, against the steady clock over a tenth of a second.
  static double period() {
    using clock = std::chrono::steady_clock;
    const auto begin = clock::now();
    const std::uint64_t from = start();
    while (clock::now() - begin < std::chrono::milliseconds(100)) {
    }
    const std::uint64_t to = stop();
    const std::chrono::duration<double, std::nano> passed = clock::now() - begin;
    return passed.count() / static_cast<double>(to - from);
  }
};

/// A million calls, each between two time stamps; the measurement's own cost is included.
template <class Call>
latency distribution(Call call, double ns_per_tick, std::size_t calls = 1'000'000) {
  std::vector<std::uint32_t> ticks(calls, 1);  // written once, so that no page is new in the loop
  for (int i = 0; i < 1000; ++i) call();
  for (std::uint32_t& t : ticks) {
    const std::uint64_t from = stamps::start();
    call();
    t = static_cast<std::uint32_t>(stamps::stop() - from);
  }
  return percentiles(ticks, ns_per_tick);
}

}  // namespace contest
