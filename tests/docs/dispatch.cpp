// Compiled for any x86-64: docs/compiling.md.
#include "dispatch.hpp"
void dispatched(const tl::parameters<tagger>& theta, const float* x, float* y);
void dispatched(const tl::parameters<tagger>& theta, const float* x, float* y) {
  if (__builtin_cpu_supports("avx512f")) engine<tl::simd::avx512>::forward(theta, x, y);
  else engine<tl::simd::sse2>::forward(theta, x, y);
}
