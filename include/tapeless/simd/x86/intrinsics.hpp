#pragma once
// The instructions of x86-64. Operand order matters: min and max return the second operand if
// either is NaN.

#include <immintrin.h>

#include <cstdint>
#include <tapeless/core/config.hpp>
#include <tapeless/simd/integers.hpp>

namespace tapeless::simd::detail {

/// Bits of x where those of the mask are not set.
TAPELESS_INLINE __m128 clear_bits(__m128 mask, __m128 x) noexcept { return _mm_andnot_ps(mask, x); }
TAPELESS_INLINE __m128d clear_bits(__m128d mask, __m128d x) noexcept {
  return _mm_andnot_pd(mask, x);
}

/// Bits of x where those of the mask are set.
TAPELESS_INLINE __m128 keep_bits(__m128 mask, __m128 x) noexcept { return _mm_and_ps(mask, x); }
TAPELESS_INLINE __m128d keep_bits(__m128d mask, __m128d x) noexcept { return _mm_and_pd(mask, x); }

/// Makes the compiler forget what it knows about a register and about memory.
template <class Register>
TAPELESS_INLINE void forget(Register& x) noexcept {
#if defined(__AVX512F__) && defined(__AVX512VL__)
  asm volatile("" : "+v"(x) : : "memory");  // any of 32 registers
#else
  asm volatile("" : "+x"(x) : : "memory");
#endif
}

TAPELESS_INLINE __m128 min(__m128 a, __m128 b) noexcept { return _mm_min_ps(a, b); }
TAPELESS_INLINE __m128 max(__m128 a, __m128 b) noexcept { return _mm_max_ps(a, b); }
TAPELESS_INLINE __m128 sqrt(__m128 x) noexcept { return _mm_sqrt_ps(x); }
TAPELESS_INLINE __m128d min(__m128d a, __m128d b) noexcept { return _mm_min_pd(a, b); }
TAPELESS_INLINE __m128d max(__m128d a, __m128d b) noexcept { return _mm_max_pd(a, b); }
TAPELESS_INLINE __m128d sqrt(__m128d x) noexcept { return _mm_sqrt_pd(x); }

#if defined(__FMA__)
TAPELESS_INLINE __m128 fma(__m128 a, __m128 b, __m128 c) noexcept { return _mm_fmadd_ps(a, b, c); }
TAPELESS_INLINE __m128 fnma(__m128 a, __m128 b, __m128 c) noexcept {
  return _mm_fnmadd_ps(a, b, c);
}
TAPELESS_INLINE __m128d fma(__m128d a, __m128d b, __m128d c) noexcept {
  return _mm_fmadd_pd(a, b, c);
}
TAPELESS_INLINE __m128d fnma(__m128d a, __m128d b, __m128d c) noexcept {
  return _mm_fnmadd_pd(a, b, c);
}
#else
TAPELESS_INLINE __m128 fma(__m128 a, __m128 b, __m128 c) noexcept {
  return _mm_add_ps(_mm_mul_ps(a, b), c);
}
TAPELESS_INLINE __m128 fnma(__m128 a, __m128 b, __m128 c) noexcept {
  return _mm_sub_ps(c, _mm_mul_ps(a, b));
}
TAPELESS_INLINE __m128d fma(__m128d a, __m128d b, __m128d c) noexcept {
  return _mm_add_pd(_mm_mul_pd(a, b), c);
}
TAPELESS_INLINE __m128d fnma(__m128d a, __m128d b, __m128d c) noexcept {
  return _mm_sub_pd(c, _mm_mul_pd(a, b));
}
#endif

#if defined(__AVX2__) && defined(__FMA__)
TAPELESS_INLINE __m256 keep_bits(__m256 mask, __m256 x) noexcept { return _mm256_and_ps(mask, x); }
TAPELESS_INLINE __m256d keep_bits(__m256d mask, __m256d x) noexcept {
  return _mm256_and_pd(mask, x);
}
TAPELESS_INLINE __m256 clear_bits(__m256 mask, __m256 x) noexcept {
  return _mm256_andnot_ps(mask, x);
}
TAPELESS_INLINE __m256d clear_bits(__m256d mask, __m256d x) noexcept {
  return _mm256_andnot_pd(mask, x);
}
TAPELESS_INLINE __m256 min(__m256 a, __m256 b) noexcept { return _mm256_min_ps(a, b); }
TAPELESS_INLINE __m256 max(__m256 a, __m256 b) noexcept { return _mm256_max_ps(a, b); }
TAPELESS_INLINE __m256 sqrt(__m256 x) noexcept { return _mm256_sqrt_ps(x); }
TAPELESS_INLINE __m256d min(__m256d a, __m256d b) noexcept { return _mm256_min_pd(a, b); }
TAPELESS_INLINE __m256d max(__m256d a, __m256d b) noexcept { return _mm256_max_pd(a, b); }
TAPELESS_INLINE __m256d sqrt(__m256d x) noexcept { return _mm256_sqrt_pd(x); }
TAPELESS_INLINE __m256 fma(__m256 a, __m256 b, __m256 c) noexcept {
  return _mm256_fmadd_ps(a, b, c);
}
TAPELESS_INLINE __m256 fnma(__m256 a, __m256 b, __m256 c) noexcept {
  return _mm256_fnmadd_ps(a, b, c);
}
TAPELESS_INLINE __m256d fma(__m256d a, __m256d b, __m256d c) noexcept {
  return _mm256_fmadd_pd(a, b, c);
}
TAPELESS_INLINE __m256d fnma(__m256d a, __m256d b, __m256d c) noexcept {
  return _mm256_fnmadd_pd(a, b, c);
}
#endif

// The masked forms with a full mask: the plain ones pass an undefined register, which g++ warns of.
#if defined(__AVX512F__)
TAPELESS_INLINE __m512 min(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_min_ps(0xffff, a, b);
}
TAPELESS_INLINE __m512 max(__m512 a, __m512 b) noexcept {
  return _mm512_maskz_max_ps(0xffff, a, b);
}
TAPELESS_INLINE __m512 sqrt(__m512 x) noexcept { return _mm512_maskz_sqrt_ps(0xffff, x); }
TAPELESS_INLINE __m512d min(__m512d a, __m512d b) noexcept {
  return _mm512_maskz_min_pd(0xff, a, b);
}
TAPELESS_INLINE __m512d max(__m512d a, __m512d b) noexcept {
  return _mm512_maskz_max_pd(0xff, a, b);
}
TAPELESS_INLINE __m512d sqrt(__m512d x) noexcept { return _mm512_maskz_sqrt_pd(0xff, x); }
TAPELESS_INLINE __m512 fma(__m512 a, __m512 b, __m512 c) noexcept {
  return _mm512_fmadd_ps(a, b, c);
}
TAPELESS_INLINE __m512 fnma(__m512 a, __m512 b, __m512 c) noexcept {
  return _mm512_fnmadd_ps(a, b, c);
}
TAPELESS_INLINE __m512d fma(__m512d a, __m512d b, __m512d c) noexcept {
  return _mm512_fmadd_pd(a, b, c);
}
TAPELESS_INLINE __m512d fnma(__m512d a, __m512d b, __m512d c) noexcept {
  return _mm512_fnmadd_pd(a, b, c);
}
TAPELESS_INLINE __m512 reciprocal_estimate(__m512 x) noexcept {
  return _mm512_maskz_rcp14_ps(0xffff, x);
}
/// Two digits of a Newton step for one of the estimate: 2^-28. For 0 and infinity the step is NaN;
/// the maximum takes its second operand then.
TAPELESS_INLINE __m512d reciprocal_estimate(__m512d x) noexcept {
  const __m512d rough = _mm512_maskz_rcp14_pd(0xff, x);
  const __m512d step = _mm512_fnmadd_pd(x, rough, _mm512_set1_pd(2));
  return _mm512_mul_pd(rough, max(step, _mm512_set1_pd(0.5)));
}
TAPELESS_INLINE __m512 scalef(__m512 x, __m512 n) noexcept {
  return _mm512_maskz_scalef_ps(0xffff, x, n);
}
TAPELESS_INLINE __m512d scalef(__m512d x, __m512d n) noexcept {
  return _mm512_maskz_scalef_pd(0xff, x, n);
}
#endif

#if defined(__AVX512F__) && defined(__AVX512VL__)
/// table[i mod 16] for each index; narrow registers need the two-table form for 16 entries. The
/// table is aligned to 64 bytes.
TAPELESS_INLINE __m512 lookup(const float (&table)[16],
                              integer_register<std::uint32_t, 64>::type i) noexcept {
  return _mm512_maskz_permutexvar_ps(0xffff, (__m512i)i, _mm512_load_ps(table));
}
TAPELESS_INLINE __m256 lookup(const float (&table)[16],
                              integer_register<std::uint32_t, 32>::type i) noexcept {
  return _mm256_permutex2var_ps(_mm256_load_ps(table), (__m256i)i, _mm256_load_ps(table + 8));
}
TAPELESS_INLINE __m128 lookup(const float (&table)[16],
                              integer_register<std::uint32_t, 16>::type i) noexcept {
  return _mm256_castps256_ps128(_mm256_permutex2var_ps(
      _mm256_load_ps(table), _mm256_castsi128_si256((__m128i)i), _mm256_load_ps(table + 8)));
}
TAPELESS_INLINE __m128 scalef(__m128 x, __m128 n) noexcept { return _mm_scalef_ps(x, n); }
TAPELESS_INLINE __m128d scalef(__m128d x, __m128d n) noexcept { return _mm_scalef_pd(x, n); }
TAPELESS_INLINE __m256 scalef(__m256 x, __m256 n) noexcept { return _mm256_scalef_ps(x, n); }
TAPELESS_INLINE __m256d scalef(__m256d x, __m256d n) noexcept { return _mm256_scalef_pd(x, n); }
TAPELESS_INLINE __m128 select_bits(__m128 mask, __m128 a, __m128 b) noexcept {
  return (__m128)_mm_ternarylogic_epi32((__m128i)mask, (__m128i)a, (__m128i)b, 0xca);
}
TAPELESS_INLINE __m128d select_bits(__m128d mask, __m128d a, __m128d b) noexcept {
  return (__m128d)_mm_ternarylogic_epi64((__m128i)mask, (__m128i)a, (__m128i)b, 0xca);
}
TAPELESS_INLINE __m256 select_bits(__m256 mask, __m256 a, __m256 b) noexcept {
  return (__m256)_mm256_ternarylogic_epi32((__m256i)mask, (__m256i)a, (__m256i)b, 0xca);
}
TAPELESS_INLINE __m256d select_bits(__m256d mask, __m256d a, __m256d b) noexcept {
  return (__m256d)_mm256_ternarylogic_epi64((__m256i)mask, (__m256i)a, (__m256i)b, 0xca);
}
#endif

}  // namespace tapeless::simd::detail
