#pragma once
// The shuffles of x86-64.

#include <immintrin.h>

#include <tapeless/core/config.hpp>

namespace tapeless::simd::detail {

/// Per block: a0 b0 a1 b1 (floats), a0 b0 (doubles).
TAPELESS_INLINE __m128 interleave_low(__m128 a, __m128 b) noexcept { return _mm_unpacklo_ps(a, b); }
/// Per block: a2 b2 a3 b3 (floats), a1 b1 (doubles).
TAPELESS_INLINE __m128 interleave_high(__m128 a, __m128 b) noexcept {
  return _mm_unpackhi_ps(a, b);
}
/// Per block: a0 a1 b0 b1.
TAPELESS_INLINE __m128 pair_low(__m128 a, __m128 b) noexcept {
  return _mm_shuffle_ps(a, b, _MM_SHUFFLE(1, 0, 1, 0));
}
/// Per block: a2 a3 b2 b3.
TAPELESS_INLINE __m128 pair_high(__m128 a, __m128 b) noexcept {
  return _mm_shuffle_ps(a, b, _MM_SHUFFLE(3, 2, 3, 2));
}
TAPELESS_INLINE __m128d interleave_low(__m128d a, __m128d b) noexcept {
  return _mm_unpacklo_pd(a, b);
}
TAPELESS_INLINE __m128d interleave_high(__m128d a, __m128d b) noexcept {
  return _mm_unpackhi_pd(a, b);
}

/// The second lane in the place of the first.
TAPELESS_INLINE __m128 second_first(__m128 x) noexcept { return _mm_shuffle_ps(x, x, 1); }

/// The even lanes of a, then the odd lanes of b.
TAPELESS_INLINE __m128 even_then_odd(__m128 a, __m128 b) noexcept {
  return _mm_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 2, 0));
}
TAPELESS_INLINE __m128d even_then_odd(__m128d a, __m128d b) noexcept {
  return _mm_shuffle_pd(a, b, 0b10);
}

#if defined(__AVX2__)
TAPELESS_INLINE __m256 even_then_odd(__m256 a, __m256 b) noexcept {
  const __m256d pairs = _mm256_castps_pd(_mm256_shuffle_ps(a, b, _MM_SHUFFLE(3, 1, 2, 0)));
  return _mm256_castpd_ps(_mm256_permute4x64_pd(pairs, _MM_SHUFFLE(3, 1, 2, 0)));
}
TAPELESS_INLINE __m256d even_then_odd(__m256d a, __m256d b) noexcept {
  return _mm256_permute4x64_pd(_mm256_shuffle_pd(a, b, 0b1010), _MM_SHUFFLE(3, 1, 2, 0));
}
TAPELESS_INLINE __m256 interleave_low(__m256 a, __m256 b) noexcept {
  return _mm256_unpacklo_ps(a, b);
}
TAPELESS_INLINE __m256 interleave_high(__m256 a, __m256 b) noexcept {
  return _mm256_unpackhi_ps(a, b);
}
TAPELESS_INLINE __m256 pair_low(__m256 a, __m256 b) noexcept {
  return _mm256_shuffle_ps(a, b, _MM_SHUFFLE(1, 0, 1, 0));
}
TAPELESS_INLINE __m256 pair_high(__m256 a, __m256 b) noexcept {
  return _mm256_shuffle_ps(a, b, _MM_SHUFFLE(3, 2, 3, 2));
}
TAPELESS_INLINE __m256d interleave_low(__m256d a, __m256d b) noexcept {
  return _mm256_unpacklo_pd(a, b);
}
TAPELESS_INLINE __m256d interleave_high(__m256d a, __m256d b) noexcept {
  return _mm256_unpackhi_pd(a, b);
}

/// The lower and the upper half of a register.
TAPELESS_INLINE __m128 lower(__m256 x) noexcept { return _mm256_castps256_ps128(x); }
TAPELESS_INLINE __m128 upper(__m256 x) noexcept { return _mm256_extractf128_ps(x, 1); }
TAPELESS_INLINE __m128d lower(__m256d x) noexcept { return _mm256_castpd256_pd128(x); }
TAPELESS_INLINE __m128d upper(__m256d x) noexcept { return _mm256_extractf128_pd(x, 1); }

/// a.lower b.lower and a.upper b.upper.
TAPELESS_INLINE __m256 lowers(__m256 a, __m256 b) noexcept {
  return _mm256_permute2f128_ps(a, b, 0x20);
}
TAPELESS_INLINE __m256 uppers(__m256 a, __m256 b) noexcept {
  return _mm256_permute2f128_ps(a, b, 0x31);
}
TAPELESS_INLINE __m256d lowers(__m256d a, __m256d b) noexcept {
  return _mm256_permute2f128_pd(a, b, 0x20);
}
TAPELESS_INLINE __m256d uppers(__m256d a, __m256d b) noexcept {
  return _mm256_permute2f128_pd(a, b, 0x31);
}
#endif

#if defined(__AVX512F__) && defined(__AVX512DQ__)
TAPELESS_INLINE __m512 even_then_odd(__m512 a, __m512 b) noexcept {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 17, 19, 21, 23, 25, 27, 29, 31);
}
TAPELESS_INLINE __m512d even_then_odd(__m512d a, __m512d b) noexcept {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 9, 11, 13, 15);
}
TAPELESS_INLINE __m512 interleave_low(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_unpacklo_ps(0xffff, a, b);
}
TAPELESS_INLINE __m512 interleave_high(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_unpackhi_ps(0xffff, a, b);
}
TAPELESS_INLINE __m512 pair_low(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_shuffle_ps(0xffff, a, b, _MM_SHUFFLE(1, 0, 1, 0));
}
TAPELESS_INLINE __m512 pair_high(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_shuffle_ps(0xffff, a, b, _MM_SHUFFLE(3, 2, 3, 2));
}
TAPELESS_INLINE __m512d interleave_low(__m512d a, __m512d b) noexcept {
  return _mm512_maskz_unpacklo_pd(0xff, a, b);
}
TAPELESS_INLINE __m512d interleave_high(__m512d a, __m512d b) noexcept {
  return _mm512_maskz_unpackhi_pd(0xff, a, b);
}
TAPELESS_INLINE __m256 lower(__m512 x) noexcept {
  return __builtin_shufflevector(x, x, 0, 1, 2, 3, 4, 5, 6, 7);
}
TAPELESS_INLINE __m256 upper(__m512 x) noexcept {
  return __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15);
}
TAPELESS_INLINE __m256d lower(__m512d x) noexcept {
  return __builtin_shufflevector(x, x, 0, 1, 2, 3);
}
TAPELESS_INLINE __m256d upper(__m512d x) noexcept {
  return __builtin_shufflevector(x, x, 4, 5, 6, 7);
}
TAPELESS_INLINE __m512 lowers(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_shuffle_f32x4(0xffff, a, b, _MM_SHUFFLE(1, 0, 1, 0));
}
TAPELESS_INLINE __m512 uppers(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_shuffle_f32x4(0xffff, a, b, _MM_SHUFFLE(3, 2, 3, 2));
}
TAPELESS_INLINE __m512d lowers(__m512d a, __m512d b) noexcept {
  return _mm512_maskz_shuffle_f64x2(0xff, a, b, _MM_SHUFFLE(1, 0, 1, 0));
}
TAPELESS_INLINE __m512d uppers(__m512d a, __m512d b) noexcept {
  return _mm512_maskz_shuffle_f64x2(0xff, a, b, _MM_SHUFFLE(3, 2, 3, 2));
}

/// The even and the odd blocks: a0 a2 b0 b2 and a1 a3 b1 b3.
TAPELESS_INLINE __m512 even_blocks(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_shuffle_f32x4(0xffff, a, b, _MM_SHUFFLE(2, 0, 2, 0));
}
TAPELESS_INLINE __m512 odd_blocks(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_shuffle_f32x4(0xffff, a, b, _MM_SHUFFLE(3, 1, 3, 1));
}
TAPELESS_INLINE __m512d even_blocks(__m512d a, __m512d b) noexcept {
  return _mm512_maskz_shuffle_f64x2(0xff, a, b, _MM_SHUFFLE(2, 0, 2, 0));
}
TAPELESS_INLINE __m512d odd_blocks(__m512d a, __m512d b) noexcept {
  return _mm512_maskz_shuffle_f64x2(0xff, a, b, _MM_SHUFFLE(3, 1, 3, 1));
}
#endif

}  // namespace tapeless::simd::detail
