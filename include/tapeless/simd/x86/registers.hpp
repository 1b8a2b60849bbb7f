#pragma once
// Our instruction sets as xsimd architectures.

#include <xsimd/config/xsimd_config.hpp>

#if !defined(XSIMD_VERSION_MAJOR) || XSIMD_VERSION_MAJOR * 100 + XSIMD_VERSION_MINOR < 801
#error "Tapeless needs xsimd 8.1 or newer"
#include "the compilation ends here: see the sentence above"
#endif

#include <cstddef>
#include <tapeless/simd/arch.hpp>
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
/// functions are encoded differently under AVX2 and AVX-512, and a linker would merge them. Source,
/// the instruction set of the flags, does so where a source takes a smaller one than it could.
template <class Arch, std::size_t Bytes, class Source = native>
struct registers : detail::xsimd_arch<Arch, Bytes>::type {
  using base = typename detail::xsimd_arch<Arch, Bytes>::type;
  using family = Arch;
  static constexpr std::size_t bytes = Bytes;
};

namespace detail {

template <class T, std::size_t Bytes, class Arch>
struct batch_of {
  using type = xsimd::batch<T, registers<Arch, Bytes>>;
};
template <class T, class Arch, std::size_t Bytes>
struct family<xsimd::batch<T, registers<Arch, Bytes>>> {
  using type = Arch;
};

namespace batches = xsimd;

}  // namespace detail
}  // namespace tapeless::simd

namespace xsimd::types {

template <class T, class Arch, std::size_t Bytes>
struct simd_register<T, tapeless::simd::registers<Arch, Bytes>> {
  // Not derived from it, whose functions are those of any source.
  using base = simd_register<T, typename tapeless::simd::registers<Arch, Bytes>::base>;
  using register_type = typename base::register_type;
  register_type data;
  simd_register(register_type value) noexcept : data{value} {}
  simd_register() = default;
  operator register_type() const noexcept { return data; }
};

template <class T, class Arch, std::size_t Bytes>
struct has_simd_register<T, tapeless::simd::registers<Arch, Bytes>>
    : has_simd_register<T, typename tapeless::simd::registers<Arch, Bytes>::base> {};

template <class T>
struct get_bool_simd_register<T, tapeless::simd::registers<tapeless::simd::avx512, 64>>
    : get_bool_simd_register<T, xsimd::avx512bw> {};

}  // namespace xsimd::types
