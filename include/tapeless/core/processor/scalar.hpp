#pragma once
// Run-time forms of the scalar primitives that compilers would turn into calls or branches. The
// generic twins are those behind #else.

#include <tapeless/core/config.hpp>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tapeless::detail {

/// Whether a multiply-add of T is one instruction with one rounding.
template <class T>
inline constexpr bool fuses =
#if defined(__FMA__) || defined(__aarch64__)
    true;
#elif defined(__ARM_FEATURE_FMA)
    sizeof(T) == 4 || (__ARM_FP & 8) != 0;
#elif defined(__riscv_flen)
    sizeof(T) * 8 <= __riscv_flen;
#else
    false;
#endif

#if defined(__SSE2__)

/// The square-root instruction alone; the library call would add a branch for errno.
TAPELESS_INLINE float hardware_sqrt(float x) noexcept {
  return _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x)));
}
TAPELESS_INLINE double hardware_sqrt(double x) noexcept {
  return _mm_cvtsd_f64(_mm_sqrt_pd(_mm_set_sd(x)));
}

/// x bounded to [low, high]; min and max return their second operand if either is NaN.
TAPELESS_INLINE float hardware_clamp(float x, float low, float high) noexcept {
  return _mm_cvtss_f32(_mm_min_ss(_mm_set_ss(high), _mm_max_ss(_mm_set_ss(low), _mm_set_ss(x))));
}
TAPELESS_INLINE double hardware_clamp(double x, double low, double high) noexcept {
  return _mm_cvtsd_f64(_mm_min_sd(_mm_set_sd(high), _mm_max_sd(_mm_set_sd(low), _mm_set_sd(x))));
}

/// mask ? a : b, whose time does not depend on the mask.
TAPELESS_INLINE float hardware_select(bool mask, float a, float b) noexcept {
  const __m128 m = _mm_castsi128_ps(_mm_cvtsi32_si128(-static_cast<int>(mask)));
  return _mm_cvtss_f32(_mm_or_ps(_mm_and_ps(m, _mm_set_ss(a)), _mm_andnot_ps(m, _mm_set_ss(b))));
}
TAPELESS_INLINE double hardware_select(bool mask, double a, double b) noexcept {
  const __m128d m = _mm_castsi128_pd(_mm_cvtsi64_si128(-static_cast<long long>(mask)));
  return _mm_cvtsd_f64(_mm_or_pd(_mm_and_pd(m, _mm_set_sd(a)), _mm_andnot_pd(m, _mm_set_sd(b))));
}

#else

TAPELESS_INLINE float hardware_sqrt(float x) noexcept { return __builtin_sqrtf(x); }
TAPELESS_INLINE double hardware_sqrt(double x) noexcept { return __builtin_sqrt(x); }

template <class T>
TAPELESS_INLINE T hardware_clamp(T x, T low, T high) noexcept {
  const T bounded = low > x ? low : x;
  return high < bounded ? high : bounded;
}

template <class T>
TAPELESS_INLINE T hardware_select(bool mask, T a, T b) noexcept {
  return mask ? a : b;
}

#endif

}  // namespace tapeless::detail
