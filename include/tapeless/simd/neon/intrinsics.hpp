#pragma once
// The instructions of AArch64 that the vector extension does not reach by itself.

#include <arm_neon.h>

#include <tapeless/core/config.hpp>

namespace tapeless::simd::detail {

TAPELESS_INLINE float32x4_t sqrt(float32x4_t x) noexcept { return vsqrtq_f32(x); }
TAPELESS_INLINE float64x2_t sqrt(float64x2_t x) noexcept { return vsqrtq_f64(x); }

TAPELESS_INLINE float32x4_t fma(float32x4_t a, float32x4_t b, float32x4_t c) noexcept {
  return vfmaq_f32(c, a, b);
}
TAPELESS_INLINE float64x2_t fma(float64x2_t a, float64x2_t b, float64x2_t c) noexcept {
  return vfmaq_f64(c, a, b);
}
TAPELESS_INLINE float32x4_t fnma(float32x4_t a, float32x4_t b, float32x4_t c) noexcept {
  return vfmsq_f32(c, a, b);
}
TAPELESS_INLINE float64x2_t fnma(float64x2_t a, float64x2_t b, float64x2_t c) noexcept {
  return vfmsq_f64(c, a, b);
}

/// Makes the compiler forget what it knows about a register and about memory.
template <class Register>
TAPELESS_INLINE void forget(Register& x) noexcept {
  asm volatile("" : "+w"(x) : : "memory");
}

}  // namespace tapeless::simd::detail
