#pragma once
// Denormal numbers as zeros, for a scope.

#include <cstdint>
#if defined(__SSE2__)
#include <emmintrin.h>
#include <tapeless/core/config.hpp>
#endif

namespace tapeless {
namespace detail {

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

}  // namespace detail

/// While one lives, denormal numbers (below 2^-126 in float, 2^-1022 in double) count as zeros of
/// their sign, as operands and as results, in everything its thread computes. A state that decays
/// under feedback otherwise ends among them, where processors are many times slower.
/// The destructor restores the mode that it found, so guards nest; construction and destruction
/// belong to one thread and cost some ten nanoseconds: once around a block of samples, not around
/// each. Effective on x86-64 and aarch64; does nothing elsewhere.
class [[nodiscard]] flush_to_zero {
 public:
  TAPELESS_NATIVE flush_to_zero() noexcept : found(detail::read_float_control()) {
    detail::write_float_control(found | detail::denormals_off);
  }
  TAPELESS_NATIVE ~flush_to_zero() {
    // Only the bits that were set here: flags raised meanwhile stay.
    constexpr auto mask = detail::denormals_off;
    detail::write_float_control((detail::read_float_control() & ~mask) | (found & mask));
  }
  flush_to_zero(const flush_to_zero&) = delete;
  flush_to_zero& operator=(const flush_to_zero&) = delete;

 private:
  detail::float_control found;
};

}  // namespace tapeless
