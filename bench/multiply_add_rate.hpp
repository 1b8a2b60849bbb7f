#pragma once
// The rate of fused multiply-adds: the bound of programs that time one network.

#include <chrono>

namespace {

using clock_type = std::chrono::steady_clock;

double seconds_since(clock_type::time_point start) {
  return std::chrono::duration<double>(clock_type::now() - start).count();
}

#ifdef __AVX512F__
constexpr int multiply_add_lanes = 16;
#else
constexpr int multiply_add_lanes = 8;
#endif
constexpr int multiply_add_sums = 12;
/// Floating-point operations of a round of multiply_adds.
constexpr double multiply_add_operations = 2.0 * multiply_add_lanes * multiply_add_sums;

/// Rounds of independent fused multiply-adds on the widest vectors of the flags: the same
/// instructions in each round, no memory.
[[gnu::noinline]] void multiply_adds(long rounds) {
  typedef float vector __attribute__((vector_size(4 * multiply_add_lanes)));
  constexpr int sums = multiply_add_sums;
  vector s[sums];
  for (int k = 0; k < sums; ++k) s[k] = vector{} + static_cast<float>(k);
  vector a = vector{} + 0.999f, b = vector{} + 1e-3f;
  for (long i = 0; i < rounds; ++i) {
#pragma GCC unroll 12
    for (int k = 0; k < sums; ++k) s[k] = s[k] * a + b;
    asm volatile("" : "+x"(a), "+x"(b));
  }
  vector all{};
  for (int k = 0; k < sums; ++k) all = all + s[k];
  volatile float kept = all[0];
  (void)kept;
}

/// Billions of floating-point operations per second of these.
double multiply_add_rate() {
  constexpr long rounds = 200000;
  const auto start = clock_type::now();
  multiply_adds(rounds);
  return multiply_add_operations * rounds / seconds_since(start) / 1e9;
}

}  // namespace
