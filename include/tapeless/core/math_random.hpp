#pragma once
// Counter-based random numbers: a pure function of an index and a key, the same on every lane
// type, so that a draw needs no state and does not depend on the vector width.

#include <cstdint>
#include <tapeless/core/lane.hpp>

namespace tapeless::math {

/// A 32-bit hash of (index, key0, key1): two rounds of xor-shift and multiplication with a key word
/// before each. `Index` is std::uint32_t or one of the index lanes of simd/index.hpp.
/// The multipliers are those of the 32-bit finaliser of MurmurHash3 (A. Appleby, public domain).
template <class Index>
TAPELESS_INLINE constexpr Index mix(Index index, std::uint32_t key0, std::uint32_t key1) noexcept {
  Index x = index ^ Index(key0);
  x = x ^ (x >> 16);
  x = x * Index(0x85ebca6bu);
  x = x ^ (x >> 13);
  x = x + Index(key1);
  x = x ^ (x >> 15);
  x = x * Index(0xc2b2ae35u);
  return x ^ (x >> 16);
}

/// The top 24 bits as a number in [0, 1), exact in float and double alike.
template <numeric_lane V, class Index>
TAPELESS_INLINE constexpr V uniform_from_bits(Index bits) noexcept {
  const V scale(scalar_of<V>(0x1p-24));
  if constexpr (is_scalar<V>)
    return static_cast<V>(bits >> 8) * scale;
  else
    return (bits >> 8).template to_lanes<V>() * scale;
}

}  // namespace tapeless::math
