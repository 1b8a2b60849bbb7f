#pragma once
// The vector types: xsimd batches keyed by our own instruction-set tags.

#include <cstddef>
#include <tapeless/core/lane.hpp>
#include <tapeless/simd/arch.hpp>
#include <type_traits>
#include <xsimd/xsimd.hpp>

namespace tapeless::simd {
namespace detail {

template <class Arch, std::size_t Bytes>
struct xsimd_arch;
template <>
struct xsimd_arch<sse2, 16> {
  using type = xsimd::sse2;
};
template <>
struct xsimd_arch<avx2, 16> {
  using type = xsimd::sse4_2;
};
template <>
struct xsimd_arch<avx2, 32> {
  using type = xsimd::avx2;
};
template <>
struct xsimd_arch<avx512, 16> {
  using type = xsimd::sse4_2;
};
template <>
struct xsimd_arch<avx512, 32> {
  using type = xsimd::avx2;
};
template <>
struct xsimd_arch<avx512, 64> {
  using type = xsimd::avx512bw;
};

}  // namespace detail

/// Registers of Bytes bytes in code for Arch, as an xsimd architecture. A type of our own for
/// every pair keeps the symbols of translation units with different flags apart: xsimd's 32-byte
/// functions are encoded differently under AVX2 and AVX-512, and a linker would merge them.
template <class Arch, std::size_t Bytes>
struct registers : detail::xsimd_arch<Arch, Bytes>::type {
  using base = typename detail::xsimd_arch<Arch, Bytes>::type;
  using family = Arch;
  static constexpr std::size_t bytes = Bytes;
};

}  // namespace tapeless::simd

namespace xsimd::types {

template <class T, class Arch, std::size_t Bytes>
struct simd_register<T, tapeless::simd::registers<Arch, Bytes>>
    : simd_register<T, typename tapeless::simd::registers<Arch, Bytes>::base> {
  using base = simd_register<T, typename tapeless::simd::registers<Arch, Bytes>::base>;
  using register_type = typename base::register_type;
  simd_register(register_type value) noexcept : base{value} {}
  simd_register() = default;
};

template <class T, class Arch, std::size_t Bytes>
struct has_simd_register<T, tapeless::simd::registers<Arch, Bytes>>
    : has_simd_register<T, typename tapeless::simd::registers<Arch, Bytes>::base> {};

template <class T>
struct get_bool_simd_register<T, tapeless::simd::registers<tapeless::simd::avx512, 64>>
    : get_bool_simd_register<T, xsimd::avx512bw> {};

}  // namespace xsimd::types

namespace tapeless::simd {
namespace detail {

template <class T, std::size_t Width, class Arch>
struct lanes_of {
  static_assert(has_width<T, Width, Arch>, "this instruction set has no vector of that many lanes");
  static_assert(is_enabled<Arch>, "this translation unit is not compiled for that instruction set");
  using type = xsimd::batch<T, registers<Arch, Width * sizeof(T)>>;
};
template <class T, class Arch>
struct lanes_of<T, 1, Arch> {
  using type = T;
};

template <class V>
struct family {
  using type = scalar_only;
};
template <class T, class Arch, std::size_t Bytes>
struct family<xsimd::batch<T, registers<Arch, Bytes>>> {
  using type = Arch;
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
