#pragma once
// The first N lanes of a register of x86-64.

#include <immintrin.h>

#include <bit>
#include <cstddef>
#include <tapeless/core/config.hpp>
#include <tapeless/simd/arch.hpp>
#include <tapeless/simd/shuffle.hpp>

namespace tapeless::simd::detail {

/// load<N>, store<N> and keep<N> for the registers of Bytes bytes. Without masked instructions a
/// register is put together from its halves.
template <class T, std::size_t Bytes, class Arch>
struct partial;

template <class Arch>
struct partial<float, 16, Arch> {
  template <std::size_t N>
  TAPELESS_INLINE static __m128 load(const float* p) noexcept {
    if constexpr (N == 1) return _mm_load_ss(p);
    const __m128 pair = _mm_castsi128_ps(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)));
    if constexpr (N == 2)
      return pair;
    else
      return _mm_movelh_ps(pair, _mm_load_ss(p + 2));
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(float* p, __m128 x) noexcept {
    if constexpr (N == 1)
      _mm_store_ss(p, x);
    else
      _mm_storel_pi(reinterpret_cast<__m64*>(p), x);
    if constexpr (N == 3) _mm_store_ss(p + 2, _mm_movehl_ps(x, x));
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m128 keep(__m128 x, __m128 other) noexcept {
    if constexpr (N == 1) return _mm_move_ss(other, x);
    if constexpr (N == 2)
      return _mm_shuffle_ps(x, other, _MM_SHUFFLE(3, 2, 1, 0));
    else
      return _mm_shuffle_ps(x, _mm_unpackhi_ps(x, _mm_shuffle_ps(other, other, 0xff)),
                            _MM_SHUFFLE(1, 0, 1, 0));
  }
};

template <class Arch>
struct partial<double, 16, Arch> {
  template <std::size_t N>
  TAPELESS_INLINE static __m128d load(const double* p) noexcept {
    return _mm_load_sd(p);
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(double* p, __m128d x) noexcept {
    _mm_store_sd(p, x);
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m128d keep(__m128d x, __m128d other) noexcept {
    return _mm_move_sd(other, x);
  }
};

#if defined(__AVX2__)
template <class Arch>
struct partial<float, 32, Arch> {
  using half = partial<float, 16, Arch>;
  template <std::size_t N>
  TAPELESS_INLINE static __m256 load(const float* p) noexcept {
    if constexpr (N < 4)
      return _mm256_insertf128_ps(_mm256_setzero_ps(), half::template load<N>(p), 0);
    else if constexpr (N == 4)
      return _mm256_insertf128_ps(_mm256_setzero_ps(), _mm_loadu_ps(p), 0);
    else
      return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(p)),
                                  half::template load<N - 4>(p + 4), 1);
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(float* p, __m256 x) noexcept {
    if constexpr (N < 4)
      half::template store<N>(p, lower(x));
    else
      _mm_storeu_ps(p, lower(x));
    if constexpr (N > 4) half::template store<N - 4>(p + 4, upper(x));
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m256 keep(__m256 x, __m256 other) noexcept {
    return _mm256_blend_ps(other, x, (1 << N) - 1);
  }
};

template <class Arch>
struct partial<double, 32, Arch> {
  using half = partial<double, 16, Arch>;
  template <std::size_t N>
  TAPELESS_INLINE static __m256d load(const double* p) noexcept {
    if constexpr (N == 1)
      return _mm256_insertf128_pd(_mm256_setzero_pd(), _mm_load_sd(p), 0);
    else if constexpr (N == 2)
      return _mm256_insertf128_pd(_mm256_setzero_pd(), _mm_loadu_pd(p), 0);
    else
      return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_loadu_pd(p)), _mm_load_sd(p + 2), 1);
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(double* p, __m256d x) noexcept {
    if constexpr (N == 1)
      _mm_store_sd(p, lower(x));
    else
      _mm_storeu_pd(p, lower(x));
    if constexpr (N == 3) _mm_store_sd(p + 2, upper(x));
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m256d keep(__m256d x, __m256d other) noexcept {
    return _mm256_blend_pd(other, x, (1 << N) - 1);
  }
};
#endif

#if defined(__AVX512F__) && defined(__AVX512VL__)

// A masked store takes as long as a plain one, but a load of its bytes has to wait until they are
// in the cache: one or two plain stores hand their values on to the load. More than two are not
// worth it.
//
// No masked load for what half a vector holds: where nothing but that half is used afterwards, g++
// 12 drops the mask and reads the whole vector.

/// The form without masks, in code for AVX-512.
struct unmasked {};

/// A half with zeros above. g++ 12 warns of its own _mm512_zextpd256_pd512.
TAPELESS_INLINE __m512d zeros_above(__m256d x) noexcept {
  return _mm512_maskz_insertf64x4(__mmask8(-1), _mm512_setzero_pd(), x, 0);
}
TAPELESS_INLINE __m512 zeros_above(__m256 x) noexcept {
  return _mm512_castpd_ps(zeros_above(_mm256_castps_pd(x)));
}

template <>
struct partial<float, 16, avx512> {
  using pieces = partial<float, 16, unmasked>;
  template <std::size_t N>
  TAPELESS_INLINE static __m128 load(const float* p) noexcept {
    return pieces::template load<N>(p);
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(float* p, __m128 x) noexcept {
    pieces::template store<N>(p, x);
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m128 keep(__m128 x, __m128 other) noexcept {
    return _mm_mask_blend_ps(__mmask8((1u << N) - 1u), other, x);
  }
};

template <>
struct partial<double, 16, avx512> {
  using pieces = partial<double, 16, unmasked>;
  template <std::size_t N>
  TAPELESS_INLINE static __m128d load(const double* p) noexcept {
    return pieces::template load<N>(p);
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(double* p, __m128d x) noexcept {
    pieces::template store<N>(p, x);
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m128d keep(__m128d x, __m128d other) noexcept {
    return _mm_mask_blend_pd(__mmask8((1u << N) - 1u), other, x);
  }
};

template <>
struct partial<float, 32, avx512> {
  using half = partial<float, 16, avx512>;
  template <std::size_t N>
  TAPELESS_INLINE static __m256 load(const float* p) noexcept {
    if constexpr (N < 4)
      return _mm256_zextps128_ps256(half::template load<N>(p));
    else if constexpr (N == 4)
      return _mm256_zextps128_ps256(_mm_loadu_ps(p));
    else
      return _mm256_maskz_loadu_ps(__mmask8((1u << N) - 1u), p);
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(float* p, __m256 x) noexcept {
    if constexpr (std::popcount(N) > 2) {
      _mm256_mask_storeu_ps(p, __mmask8((1u << N) - 1u), x);
    } else if constexpr (N < 4) {
      half::template store<N>(p, lower(x));
    } else {
      _mm_storeu_ps(p, lower(x));
      if constexpr (N > 4) half::template store<N - 4>(p + 4, upper(x));
    }
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m256 keep(__m256 x, __m256 other) noexcept {
    return _mm256_mask_blend_ps(__mmask8((1u << N) - 1u), other, x);
  }
};

template <>
struct partial<double, 32, avx512> {
  using half = partial<double, 16, avx512>;
  template <std::size_t N>
  TAPELESS_INLINE static __m256d load(const double* p) noexcept {
    if constexpr (N < 2)
      return _mm256_zextpd128_pd256(half::template load<N>(p));
    else if constexpr (N == 2)
      return _mm256_zextpd128_pd256(_mm_loadu_pd(p));
    else
      return _mm256_maskz_loadu_pd(__mmask8((1u << N) - 1u), p);
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(double* p, __m256d x) noexcept {
    if constexpr (std::popcount(N) > 2) {
      _mm256_mask_storeu_pd(p, __mmask8((1u << N) - 1u), x);
    } else if constexpr (N < 2) {
      half::template store<N>(p, lower(x));
    } else {
      _mm_storeu_pd(p, lower(x));
      if constexpr (N > 2) half::template store<N - 2>(p + 2, upper(x));
    }
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m256d keep(__m256d x, __m256d other) noexcept {
    return _mm256_mask_blend_pd(__mmask8((1u << N) - 1u), other, x);
  }
};

template <>
struct partial<float, 64, avx512> {
  using half = partial<float, 32, avx512>;
  template <std::size_t N>
  TAPELESS_INLINE static __m512 load(const float* p) noexcept {
    if constexpr (N < 8)
      return zeros_above(half::template load<N>(p));
    else if constexpr (N == 8)
      return zeros_above(_mm256_loadu_ps(p));
    else
      return _mm512_maskz_loadu_ps(__mmask16((1u << N) - 1u), p);
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(float* p, __m512 x) noexcept {
    if constexpr (std::popcount(N) > 2) {
      _mm512_mask_storeu_ps(p, __mmask16((1u << N) - 1u), x);
    } else if constexpr (N < 8) {
      half::template store<N>(p, lower(x));
    } else {
      _mm256_storeu_ps(p, lower(x));
      if constexpr (N > 8) half::template store<N - 8>(p + 8, upper(x));
    }
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m512 keep(__m512 x, __m512 other) noexcept {
    return _mm512_mask_blend_ps(__mmask16((1u << N) - 1u), other, x);
  }
};

template <>
struct partial<double, 64, avx512> {
  using half = partial<double, 32, avx512>;
  template <std::size_t N>
  TAPELESS_INLINE static __m512d load(const double* p) noexcept {
    if constexpr (N < 4)
      return zeros_above(half::template load<N>(p));
    else if constexpr (N == 4)
      return zeros_above(_mm256_loadu_pd(p));
    else
      return _mm512_maskz_loadu_pd(__mmask8((1u << N) - 1u), p);
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(double* p, __m512d x) noexcept {
    if constexpr (std::popcount(N) > 2) {
      _mm512_mask_storeu_pd(p, __mmask8((1u << N) - 1u), x);
    } else if constexpr (N < 4) {
      half::template store<N>(p, lower(x));
    } else {
      _mm256_storeu_pd(p, lower(x));
      if constexpr (N > 4) half::template store<N - 4>(p + 4, upper(x));
    }
  }
  template <std::size_t N>
  TAPELESS_INLINE static __m512d keep(__m512d x, __m512d other) noexcept {
    return _mm512_mask_blend_pd(__mmask8((1u << N) - 1u), other, x);
  }
};

#endif

}  // namespace tapeless::simd::detail
