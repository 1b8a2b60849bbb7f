#pragma once
// Integers near a number: downwards, upwards, towards zero. `round` is in lane.hpp.

#include <tapeless/core/lane.hpp>

namespace tapeless::math {
namespace detail {

/// The nearest integer to |x|; from 2^mantissa on every number is one.
template <numeric_lane V>
TAPELESS_INLINE constexpr V round_size(V size) noexcept {
  const V limit(scalar_of<V>(float_format<scalar_of<V>>::mantissa_mask) + scalar_of<V>(1));
  return math::select(size < limit, math::fence(size + limit) - limit, size);
}

}  // namespace detail

/// The integer next to x on the side of zero, with the sign of x; inf and NaN pass.
template <numeric_lane V>
TAPELESS_INLINE constexpr V trunc(V x) noexcept {
  const V size = math::abs(x), near = detail::round_size(size);
  return math::copysign(near - math::to_number(near > size, x), x);
}

/// The greatest integer that is not above x; inf, NaN and -0 pass.
template <numeric_lane V>
TAPELESS_INLINE constexpr V floor(V x) noexcept {
  const V near = math::round(x);
  // Only a zero may have lost its sign.
  return math::copysign(near - math::to_number(near > x, x), x);
}

/// The least integer that is not below x; -0 for x from -1 up to -0.
template <numeric_lane V>
TAPELESS_INLINE constexpr V ceil(V x) noexcept {
  const V near = math::round(x);
  return math::copysign(near + math::to_number(near < x, x), x);
}

/// 1 for x > 0, -1 for x < 0, else 0: also of NaN and of -0.
template <numeric_lane V>
TAPELESS_INLINE constexpr V sign(V x) noexcept {
  return math::to_number(x > V(0), x) - math::to_number(x < V(0), x);
}

}  // namespace tapeless::math
