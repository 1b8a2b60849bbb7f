#pragma once
// One name for each instruction that xsimd does not offer in the exact form needed, on every
// register type of this processor. Each has a twin in generic/intrinsics.hpp, but for those that
// only AVX-512 has: code above asks for the instruction set first.

#include <tapeless/simd/generic/intrinsics.hpp>

namespace tapeless::simd::detail {

/// x * 2^n; a single instruction that only AVX-512 has.
template <class Register>
Register scalef(Register x, Register n) = delete;

/// 1 / x to 2^-14; an instruction that only AVX-512 has.
template <class Register>
Register reciprocal_estimate(Register x) = delete;

/// table[i mod 16] for each index; a single instruction that only AVX-512 has.
template <class Indices>
void lookup(const float (&table)[16], Indices i) = delete;

}  // namespace tapeless::simd::detail

#if defined(__SSE2__)
#include <tapeless/simd/x86/intrinsics.hpp>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <tapeless/simd/neon/intrinsics.hpp>
#endif

namespace tapeless::simd::detail {

// What the processor's header does not have comes from the twins.
#if !defined(__SSE2__)
using generic::clear_bits, generic::keep_bits, generic::min, generic::max;
#endif
#if !defined(__SSE2__) && !(defined(__aarch64__) && defined(__ARM_NEON))
using generic::sqrt, generic::fma, generic::fnma, generic::forget;
#endif
#if !defined(__AVX512VL__)
using generic::select_bits;
#endif

}  // namespace tapeless::simd::detail
