#pragma once
// Unsigned integers of 128 bits, also for compilers of 32-bit processors, which have none.

#include <cstdint>
#include <tapeless/core/config.hpp>

namespace tapeless::detail {

/// The twin for any processor: the operations that this library needs, modulo 2^128. Shifts are by
/// 0 to 127.
struct wide_words {
  std::uint64_t high = 0, low = 0;

  wide_words() = default;
  TAPELESS_INLINE constexpr wide_words(std::uint64_t value) noexcept : low(value) {}
  TAPELESS_INLINE constexpr wide_words(std::uint64_t h, std::uint64_t l) noexcept
      : high(h), low(l) {}
  TAPELESS_INLINE explicit constexpr operator std::uint64_t() const noexcept { return low; }

  TAPELESS_INLINE friend constexpr wide_words operator+(wide_words a, wide_words b) noexcept {
    const std::uint64_t sum = a.low + b.low;
    return {a.high + b.high + (sum < a.low ? 1u : 0u), sum};
  }
  TAPELESS_INLINE friend constexpr wide_words operator-(wide_words a, wide_words b) noexcept {
    return {a.high - b.high - (a.low < b.low ? 1u : 0u), a.low - b.low};
  }
  TAPELESS_INLINE friend constexpr wide_words operator*(wide_words a, wide_words b) noexcept {
    constexpr std::uint64_t half = 0xffffffffu;
    const std::uint64_t a0 = a.low & half, a1 = a.low >> 32, b0 = b.low & half, b1 = b.low >> 32;
    const std::uint64_t middle = a1 * b0 + (a0 * b0 >> 32), other = a0 * b1 + (middle & half);
    const std::uint64_t top = a1 * b1 + (middle >> 32) + (other >> 32);
    return {top + a.high * b.low + a.low * b.high, (other << 32) | (a0 * b0 & half)};
  }
  TAPELESS_INLINE friend constexpr wide_words operator<<(wide_words a, int n) noexcept {
    if (n == 0) return a;
    if (n >= 64) return {a.low << (n - 64), 0};
    return {a.high << n | a.low >> (64 - n), a.low << n};
  }
  TAPELESS_INLINE friend constexpr wide_words operator>>(wide_words a, int n) noexcept {
    if (n == 0) return a;
    if (n >= 64) return {0, a.high >> (n - 64)};
    return {a.high >> n, a.low >> n | a.high << (64 - n)};
  }
  TAPELESS_INLINE constexpr wide_words& operator+=(wide_words b) noexcept {
    return *this = *this + b;
  }
  TAPELESS_INLINE constexpr wide_words& operator>>=(int n) noexcept { return *this = *this >> n; }
  TAPELESS_INLINE friend constexpr bool operator==(wide_words a, wide_words b) noexcept {
    return a.high == b.high && a.low == b.low;
  }
  TAPELESS_INLINE friend constexpr bool operator<(wide_words a, wide_words b) noexcept {
    return a.high < b.high || (a.high == b.high && a.low < b.low);
  }
  TAPELESS_INLINE friend constexpr bool operator>(wide_words a, wide_words b) noexcept {
    return b < a;
  }
  TAPELESS_INLINE friend constexpr bool operator<=(wide_words a, wide_words b) noexcept {
    return !(b < a);
  }
};

#if defined(__SIZEOF_INT128__)
__extension__ using wide_integer = unsigned __int128;
#else
using wide_integer = wide_words;
#endif

}  // namespace tapeless::detail
