#pragma once
// The rate of fused multiply-adds: the bound of programs that time one network.

#include <chrono>

namespace {

using clock_type = std::chrono::steady_clock;

double seconds_since(clock_type::time_point start) {
  return std::chrono::duration<double>(clock_type::now() - start).count();
}

/// Billions of floating-point operations per second of independent fused multiply-adds on the
/// widest vectors of the flags.
double multiply_add_rate() {
#ifdef __AVX512F__
  constexpr int lanes = 16;
#else
  constexpr int lanes = 8;
#endif
  typedef float vector __attribute__((vector_size(4 * lanes)));
  constexpr int sums = 12, rounds = 200000;
  vector s[sums];
  for (int k = 0; k < sums; ++k) s[k] = vector{} + static_cast<float>(k);
  vector a = vector{} + 0.999f, b = vector{} + 1e-3f;
  const auto start = clock_type::now();
  for (int i = 0; i < rounds; ++i) {
#pragma GCC unroll 12
    for (int k = 0; k < sums; ++k) s[k] = s[k] * a + b;
    asm volatile("" : "+x"(a), "+x"(b));
  }
  const double elapsed = seconds_since(start);
  vector all{};
  for (int k = 0; k < sums; ++k) all = all + s[k];
  volatile float kept = all[0];
  (void)kept;
  return 2.0 * lanes * sums * rounds / elapsed / 1e9;
}

}  // namespace
