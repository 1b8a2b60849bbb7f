#pragma once
// The register that says how a processor treats denormal numbers. Processors without one that is
// known here have the twin behind #else, which does nothing.

#include <cstdint>
#include <tapeless/core/config.hpp>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tapeless::detail {

#if defined(__SSE2__)
using float_control = unsigned;
/// MXCSR: flush to zero (results) and denormals are zeros (operands).
inline constexpr float_control denormals_off = 0x8040;
TAPELESS_NATIVE inline float_control read_float_control() noexcept { return _mm_getcsr(); }
TAPELESS_NATIVE inline void write_float_control(float_control word) noexcept { _mm_setcsr(word); }
#elif defined(__aarch64__)
using float_control = std::uint64_t;
/// FPCR: flush to zero, for operands and results alike.
inline constexpr float_control denormals_off = 1u << 24;
TAPELESS_NATIVE inline float_control read_float_control() noexcept {
  float_control word;
  asm volatile("mrs %0, fpcr" : "=r"(word));
  return word;
}
TAPELESS_NATIVE inline void write_float_control(float_control word) noexcept {
  asm volatile("msr fpcr, %0" : : "r"(word));
}
#else
using float_control = unsigned;
inline constexpr float_control denormals_off = 0;
TAPELESS_NATIVE inline float_control read_float_control() noexcept { return 0; }
TAPELESS_NATIVE inline void write_float_control(float_control) noexcept {}
#endif

}  // namespace tapeless::detail
