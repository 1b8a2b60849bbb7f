#pragma once
// The two 16-bit floating point formats of model files, widened exactly to float.

#include <tapeless/core/config.hpp>

#include <bit>
#include <cstdint>

namespace tapeless {

/// IEEE 754 binary16 (sign, 5 exponent bits, 10 fraction bits) as float; exact for every value,
/// subnormal numbers, infinities and NaN payloads included.
TAPELESS_NATIVE constexpr float float_from_f16(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
  const std::uint32_t exponent = (bits >> 10) & 0x1fu;
  const std::uint32_t fraction = bits & 0x3ffu;
  if (exponent == 0) {  // zero or subnormal: fraction * 2^-24, exact in float
    const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(magnitude));
  }
  const std::uint32_t widened = exponent == 0x1fu ? 0xffu : exponent + (127u - 15u);
  return std::bit_cast<float>(sign | (widened << 23) | (fraction << 13));
}

/// bfloat16, the upper half of a float, as float; exact.
TAPELESS_NATIVE constexpr float float_from_bf16(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

}  // namespace tapeless
