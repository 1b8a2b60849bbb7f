#pragma once
// Denormal numbers as zeros, for a scope.

#include <tapeless/core/config.hpp>
#include <tapeless/core/processor/float_control.hpp>

namespace tapeless {

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
