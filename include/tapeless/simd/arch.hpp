#pragma once
// The instruction sets as types. Light: usable in headers that do not include any vector code.

#include <tapeless/core/config.hpp>

#include <cstddef>

namespace tapeless::simd {

/// Kinds of processors; `any` runs no vectors.
enum class processor { any, x86_64, aarch64 };

/// No vectors: every lane is a scalar.
struct scalar_only {
  static constexpr processor of = processor::any;
  static constexpr std::size_t bytes = 0;
  static constexpr int registers = 16;
  static constexpr bool fused = false;
  static constexpr const char* name = "scalar";
};

/// SSE2, which every x86-64 processor has.
struct sse2 {
  static constexpr processor of = processor::x86_64;
  static constexpr std::size_t bytes = 16;
  /// Vector registers, and whether a multiply-add is one instruction with one rounding.
  static constexpr int registers = 16;
  static constexpr bool fused = false;
  static constexpr const char* name = "sse2";
};

/// AVX2 with FMA3 (x86-64-v3).
struct avx2 {
  static constexpr processor of = processor::x86_64;
  static constexpr std::size_t bytes = 32;
  static constexpr int registers = 16;
  static constexpr bool fused = true;
  static constexpr const char* name = "avx2";
};

/// AVX-512 F, BW, DQ and VL with FMA3 (x86-64-v4).
struct avx512 {
  static constexpr processor of = processor::x86_64;
  static constexpr std::size_t bytes = 64;
  static constexpr int registers = 32;
  static constexpr bool fused = true;
  static constexpr const char* name = "avx512";
};

/// NEON, which every AArch64 processor has, with fused multiply-adds.
struct neon {
  static constexpr processor of = processor::aarch64;
  static constexpr std::size_t bytes = 16;
  /// Of 32, four less for the inputs of a tile: no instruction takes them from memory.
  static constexpr int registers = 28;
  static constexpr bool fused = true;
  static constexpr const char* name = "neon";
};

/// The best instruction set that the flags of this translation unit allow.
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && \
    defined(__AVX512VL__) && defined(__FMA__)
using native = avx512;
#elif defined(__AVX2__) && defined(__FMA__)
using native = avx2;
#elif defined(__SSE2__)
using native = sse2;
#elif defined(__aarch64__) && defined(__ARM_NEON) && !defined(__AARCH64EB__)
using native = neon;
#else
using native = scalar_only;
#endif

/// Whether vectors of Arch may be used in a translation unit whose own instruction set is Native.
/// A program that links units of several instruction sets should use in each unit only its own:
/// the same function for sse2 compiled with AVX2 flags is encoded for AVX2.
template <class Arch, class Native = native>
inline constexpr bool is_enabled = Arch::of == processor::any ||
                                   (Arch::of == Native::of && Arch::bytes <= Native::bytes);

/// Values of type T in the widest vector of Arch; 1 where there are no vectors.
template <class T, class Arch = native>
inline constexpr std::size_t max_width = Arch::bytes == 0 ? 1 : Arch::bytes / sizeof(T);

/// Whether Arch has vectors of exactly Width values of type T: 1 (the scalar itself) and every
/// register size from 16 bytes to the widest.
template <class T, std::size_t Width, class Arch = native>
inline constexpr bool has_width = Width == 1 ||
                                  (Width * sizeof(T) <= Arch::bytes &&
                                   (Width * sizeof(T) == 16 || Width * sizeof(T) == 32 ||
                                    Width * sizeof(T) == 64));

namespace detail {

// Defined in x86/registers.hpp and generic/batch.hpp.
template <class T, std::size_t Bytes, class Arch>
struct batch_of;
template <class V>
struct family {
  using type = scalar_only;
};

}  // namespace detail
}  // namespace tapeless::simd
