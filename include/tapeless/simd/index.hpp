#pragma once
// 32-bit unsigned integers, one for each value of a vector: the counters of random numbers.

#include <cstddef>
#include <cstdint>
#include <tapeless/core/lane.hpp>
#include <tapeless/simd/batch.hpp>
#include <tapeless/simd/integers.hpp>
#include <type_traits>

namespace tapeless::simd {

/// As many 32-bit integers as V has values, with wrapping +, *, ^ and >>. Beside doubles they live
/// in 64-bit lanes whose upper half is kept at zero.
template <vector V>
struct index_batch {
  using bits = bits_of<V>;
  static constexpr bool wide = sizeof(scalar_of<V>) == 8;

  bits data;

  index_batch() = default;
  TAPELESS_INLINE explicit index_batch(std::uint32_t value) noexcept : data(bits(value)) {}
  TAPELESS_INLINE explicit index_batch(bits value) noexcept : data(value) {}

  /// first, first + 1, ...
  TAPELESS_INLINE static index_batch count_from(std::uint32_t first) noexcept {
    bits steps;
#pragma GCC unroll 16
    for (std::size_t i = 0; i < bits::width; ++i) steps.data[i] = static_cast<std::uint32_t>(i);
    return index_batch(steps) + index_batch(first);
  }

  TAPELESS_INLINE friend index_batch operator+(index_batch a, index_batch b) noexcept {
    return index_batch(low_half(a.data + b.data));
  }
  TAPELESS_INLINE friend index_batch operator*(index_batch a, index_batch b) noexcept {
    return index_batch(low_half(a.data * b.data));
  }
  TAPELESS_INLINE friend index_batch operator^(index_batch a, index_batch b) noexcept {
    return index_batch(a.data ^ b.data);
  }
  TAPELESS_INLINE friend index_batch operator>>(index_batch a, int count) noexcept {
    return index_batch(a.data >> count);
  }

  /// The values as floating-point numbers; exact below 2^23, and below 2^24 for float too.
  template <class W>
  requires std::is_same_v<W, V> TAPELESS_INLINE V to_lanes()
  const noexcept {
    if constexpr (wide) {
      // 2^52 + x has x in its low mantissa bits.
      const V base(0x1p52);
      return math::from_bits<V>(data | math::to_bits(base)) - base;
    } else {
      using integer = typename detail::signed_register<sizeof(V)>::type;
      typedef decltype(V::data) register_type;
      return V((register_type) __builtin_convertvector((integer)data.data, register_type));
    }
  }

 private:
  TAPELESS_INLINE static bits low_half(bits x) noexcept {
    if constexpr (wide)
      return x & bits(0xffffffffu);
    else
      return x;
  }
};

namespace detail {

template <class V>
struct index_lanes_of {
  using type = index_batch<V>;
};
template <class V>
requires is_scalar<V>
struct index_lanes_of<V> {
  using type = std::uint32_t;
};

}  // namespace detail

/// The 32-bit integers that go with V: std::uint32_t beside scalars.
template <class V>
using index_lanes = typename detail::index_lanes_of<V>::type;

/// first, first + 1, ... for every value of V.
template <class V>
TAPELESS_INLINE index_lanes<V> count_from(std::uint32_t first) noexcept {
  if constexpr (vector<V>)
    return index_lanes<V>::count_from(first);
  else
    return first;
}

}  // namespace tapeless::simd
