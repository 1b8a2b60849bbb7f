#pragma once
// The vector types, keyed by our own instruction-set tags: xsimd's batches on x86-64, those of
// generic/batch.hpp elsewhere.

#include <cstddef>
#include <tapeless/core/lane.hpp>
#include <tapeless/simd/arch.hpp>
#include <tapeless/simd/lane.hpp>
#include <type_traits>

namespace tapeless::simd {
namespace detail {

template <class T, std::size_t Width, class Arch>
struct lanes_of {
  static_assert(has_width<T, Width, Arch>, "this instruction set has no vector of that many lanes");
  static_assert(is_enabled<Arch>, "this translation unit is not compiled for that instruction set");
  using type = typename batch_of<T, Width * sizeof(T), Arch>::type;
};
template <class T, class Arch>
struct lanes_of<T, 1, Arch> {
  using type = T;
};

}  // namespace detail

/// The vector of exactly Width values of type T in code for Arch; T itself for Width 1.
template <class T, std::size_t Width, class Arch = native>
using lanes = typename detail::lanes_of<T, Width, Arch>::type;

/// Number of values in V.
template <class V>
inline constexpr std::size_t width_of = lane_width<V>;

/// The instruction set a vector type belongs to; scalar_only for scalars.
template <class V>
using family_of = typename detail::family<V>::type;

/// A batch of one of our instruction sets.
template <class V>
concept vector = !std::is_same_v<family_of<V>, scalar_only>;

}  // namespace tapeless::simd
