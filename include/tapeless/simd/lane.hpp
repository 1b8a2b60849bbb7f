#pragma once
// The lane primitives for batches: with this header the bodies of core/math.hpp take vectors.

#include <cstddef>
#include <cstdint>
#include <tapeless/core/lane.hpp>
#include <tapeless/simd/generic/batch.hpp>
#include <tapeless/simd/integers.hpp>
#include <tapeless/simd/intrinsics.hpp>
#include <type_traits>
#if defined(__SSE2__)
#include <tapeless/simd/x86/registers.hpp>
#endif

namespace tapeless {
namespace detail {

template <class T, class Arch, std::size_t Bytes>
struct vector_lane {
  using vector = typename simd::detail::batch_of<T, Bytes, Arch>::type;
  using mask = typename vector::batch_bool_type;
  using scalar = T;
  using bits =
      simd::integers<std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>, Arch, Bytes>;
  static constexpr std::size_t width = Bytes / sizeof(T);

  TAPELESS_INLINE static vector select(mask m, vector a, vector b) noexcept {
    if constexpr (std::is_same_v<Arch, simd::avx512> && Bytes < 64)
      return simd::detail::select_bits(m.data, a.data, b.data);  // blendv takes three times as long
    else
      return simd::detail::batches::select(m, a, b);
  }
  /// Masks of up to 32 bytes are bits that can be combined with those of numbers.
  TAPELESS_INLINE static vector to_number(mask m) noexcept {
    if constexpr (Bytes < 64)
      return simd::detail::keep_bits(m.data, vector(T(1)).data);
    else
      return select(m, vector(T(1)), vector(T(0)));
  }
  TAPELESS_INLINE static vector zero_where(mask m, vector x) noexcept {
    if constexpr (Bytes < 64)
      return simd::detail::clear_bits(m.data, x.data);
    else
      return select(m, vector(T(0)), x);
  }

  /// Whether a mask holds in one lane or more, and in all.
  TAPELESS_INLINE static bool any(mask m) noexcept { return simd::detail::batches::any(m); }
  TAPELESS_INLINE static bool all(mask m) noexcept { return simd::detail::batches::all(m); }

  TAPELESS_INLINE static vector fence(vector x) noexcept { return TAPELESS_FENCE(x.data); }

  TAPELESS_INLINE static vector fma(vector a, vector b, vector c) noexcept {
    if constexpr (Arch::fused)
      return fence(simd::detail::fma(a.data, b.data, c.data));
    else
      return fence(a * b + c);
  }
  TAPELESS_INLINE static vector fnma(vector a, vector b, vector c) noexcept {
    if constexpr (Arch::fused)
      return fence(simd::detail::fnma(a.data, b.data, c.data));
    else
      return fence(c - a * b);
  }

  /// sum = fma(a, b, sum), what matrix products are made of, in few calls for the compiler.
  TAPELESS_INLINE static void add_product(vector& sum, const vector& a, const vector& b) noexcept {
    if constexpr (Arch::fused)
      sum.data = TAPELESS_FENCE(simd::detail::fma(a.data, b.data, sum.data));
    else
      sum = fence(a * b + sum);
  }

  /// c - a * b with one rounding; absent where the hardware rounds twice.
  TAPELESS_INLINE static vector fnma_once(vector a, vector b, vector c) noexcept
      requires(Arch::fused) {
    return fence(simd::detail::fnma(a.data, b.data, c.data));
  }

  TAPELESS_INLINE static vector abs(vector x) noexcept {
    using U = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    return from_bits(to_bits(x) & bits(U(~U(0)) >> 1));
  }
  TAPELESS_INLINE static vector sqrt(vector x) noexcept { return simd::detail::sqrt(x.data); }
  TAPELESS_INLINE static vector min_or_second(vector a, vector b) noexcept {
    return simd::detail::min(a.data, b.data);
  }
  TAPELESS_INLINE static vector max_or_second(vector a, vector b) noexcept {
    return simd::detail::max(a.data, b.data);
  }

  TAPELESS_INLINE static vector clamp(vector x, vector low, vector high) noexcept {
    return simd::detail::min(high.data, simd::detail::max(low.data, x.data));
  }

  /// x * 2^n by the one instruction that AVX-512 has for it.
  TAPELESS_INLINE static vector scale2(
      vector x, vector n) noexcept requires std::is_same_v<Arch, simd::avx512> {
    return simd::detail::scalef(x.data, n.data);
  }

  /// 1 / x to half of the digits or more, for the registers whose division takes longest.
  TAPELESS_INLINE static vector reciprocal_estimate(vector x) noexcept
      requires(std::is_same_v<Arch, simd::avx512>&& Bytes == 64) {
    return simd::detail::reciprocal_estimate(x.data);
  }

  /// table[i mod 16] by the one instruction that AVX-512 has for it.
  TAPELESS_INLINE static vector lookup(const float (&table)[16], bits i) noexcept
      requires(std::is_same_v<Arch, simd::avx512>&& std::is_same_v<T, float>) {
    return simd::detail::lookup(table, i.data);
  }

  TAPELESS_INLINE static bits to_bits(vector x) noexcept {
    return bits((typename bits::register_type)x.data);
  }
  TAPELESS_INLINE static vector from_bits(bits b) noexcept {
    return vector((typename vector::register_type)b.data);
  }
};

}  // namespace detail

template <class T, std::size_t Bytes, class Arch>
struct lane_traits<simd::portable_batch<T, Bytes, Arch>> : detail::vector_lane<T, Arch, Bytes> {};

#if defined(__SSE2__)
template <class T, class Arch, std::size_t Bytes>
struct lane_traits<xsimd::batch<T, simd::registers<Arch, Bytes>>>
    : detail::vector_lane<T, Arch, Bytes> {};
#endif

}  // namespace tapeless
