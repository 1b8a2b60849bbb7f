#pragma once
// Vectors for any processor, over the compiler's vector extension: what xsimd's batches are on
// x86-64. AArch64 uses them too: in xsimd 8.1 a quotient of floats is an estimate there, up to
// 2.3 ulp off.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tapeless/core/config.hpp>
#include <tapeless/simd/arch.hpp>
#include <tapeless/simd/generic/intrinsics.hpp>
#include <type_traits>
#include <utility>

namespace tapeless::simd {
namespace detail {

template <class T, std::size_t Bytes>
struct float_register;
template <>
struct float_register<float, 16> {
  typedef float type __attribute__((vector_size(16)));
};
template <>
struct float_register<double, 16> {
  typedef double type __attribute__((vector_size(16)));
};

}  // namespace detail

/// One truth value for each lane: all bits of the lane, or none.
template <class T, std::size_t Bytes, class Arch>
struct portable_mask {
  using register_type = detail::generic::bits_in<typename detail::float_register<T, Bytes>::type>;
  register_type data;

  portable_mask() = default;
  template <class Bits>
  requires(sizeof(Bits) == Bytes) TAPELESS_INLINE portable_mask(Bits bits)
  noexcept : data((register_type)bits) {}

  TAPELESS_INLINE friend portable_mask operator&(portable_mask a, portable_mask b) noexcept {
    return a.data & b.data;
  }
  TAPELESS_INLINE friend portable_mask operator|(portable_mask a, portable_mask b) noexcept {
    return a.data | b.data;
  }
  TAPELESS_INLINE friend portable_mask operator^(portable_mask a, portable_mask b) noexcept {
    return a.data ^ b.data;
  }
  TAPELESS_INLINE friend portable_mask operator&&(portable_mask a, portable_mask b) noexcept {
    return a.data & b.data;
  }
  TAPELESS_INLINE friend portable_mask operator||(portable_mask a, portable_mask b) noexcept {
    return a.data | b.data;
  }
  TAPELESS_INLINE friend portable_mask operator==(portable_mask a, portable_mask b) noexcept {
    return ~(a.data ^ b.data);
  }
  TAPELESS_INLINE friend portable_mask operator!=(portable_mask a, portable_mask b) noexcept {
    return a.data ^ b.data;
  }
  TAPELESS_INLINE friend portable_mask operator!(portable_mask a) noexcept { return ~a.data; }
  TAPELESS_INLINE friend portable_mask operator~(portable_mask a) noexcept { return ~a.data; }
};

/// Bytes / sizeof(T) values, with the arithmetic of the processor.
template <class T, std::size_t Bytes, class Arch>
struct portable_batch {
  using value_type = T;
  using register_type = typename detail::float_register<T, Bytes>::type;
  using batch_bool_type = portable_mask<T, Bytes, Arch>;
  using mask = batch_bool_type;
  static constexpr std::size_t size = Bytes / sizeof(T);

  register_type data;

  portable_batch() = default;
  TAPELESS_INLINE portable_batch(T value) noexcept
      : data([&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
          return register_type{(static_cast<void>(I), value)...};
        }(std::make_index_sequence<size>{})) {}
  template <class Register>
  requires(!std::is_arithmetic_v<Register> && sizeof(Register) == Bytes &&
           std::is_convertible_v<Register, register_type>) TAPELESS_INLINE
      portable_batch(Register value)
  noexcept : data(value) {}

  TAPELESS_INLINE static portable_batch load_unaligned(const T* p) noexcept {
    portable_batch x;
    std::memcpy(&x.data, p, Bytes);
    return x;
  }
  TAPELESS_INLINE void store_unaligned(T* p) const noexcept { std::memcpy(p, &data, Bytes); }
  TAPELESS_INLINE T get(std::size_t i) const noexcept { return data[i]; }

  TAPELESS_INLINE friend portable_batch operator+(portable_batch a, portable_batch b) noexcept {
    return a.data + b.data;
  }
  TAPELESS_INLINE friend portable_batch operator-(portable_batch a, portable_batch b) noexcept {
    return a.data - b.data;
  }
  TAPELESS_INLINE friend portable_batch operator*(portable_batch a, portable_batch b) noexcept {
    return a.data * b.data;
  }
  TAPELESS_INLINE friend portable_batch operator/(portable_batch a, portable_batch b) noexcept {
    return a.data / b.data;
  }
  TAPELESS_INLINE friend portable_batch operator-(portable_batch a) noexcept { return -a.data; }
  TAPELESS_INLINE portable_batch& operator+=(portable_batch b) noexcept {
    return *this = *this + b;
  }
  TAPELESS_INLINE portable_batch& operator-=(portable_batch b) noexcept {
    return *this = *this - b;
  }
  TAPELESS_INLINE portable_batch& operator*=(portable_batch b) noexcept {
    return *this = *this * b;
  }
  TAPELESS_INLINE portable_batch& operator/=(portable_batch b) noexcept {
    return *this = *this / b;
  }

  TAPELESS_INLINE friend mask operator==(portable_batch a, portable_batch b) noexcept {
    return a.data == b.data;
  }
  TAPELESS_INLINE friend mask operator!=(portable_batch a, portable_batch b) noexcept {
    return a.data != b.data;
  }
  TAPELESS_INLINE friend mask operator<(portable_batch a, portable_batch b) noexcept {
    return a.data < b.data;
  }
  TAPELESS_INLINE friend mask operator<=(portable_batch a, portable_batch b) noexcept {
    return a.data <= b.data;
  }
  TAPELESS_INLINE friend mask operator>(portable_batch a, portable_batch b) noexcept {
    return a.data > b.data;
  }
  TAPELESS_INLINE friend mask operator>=(portable_batch a, portable_batch b) noexcept {
    return a.data >= b.data;
  }
};

/// a where the mask holds, b elsewhere.
template <class T, std::size_t Bytes, class Arch>
TAPELESS_INLINE portable_batch<T, Bytes, Arch> select(portable_mask<T, Bytes, Arch> m,
                                                      portable_batch<T, Bytes, Arch> a,
                                                      portable_batch<T, Bytes, Arch> b) noexcept {
  return detail::generic::select_bits(m.data, a.data, b.data);
}

/// Whether a mask holds in one lane or more.
template <class T, std::size_t Bytes, class Arch>
TAPELESS_INLINE bool any(portable_mask<T, Bytes, Arch> m) noexcept {
  std::uint64_t words[Bytes / 8], all = 0;
  std::memcpy(words, &m.data, Bytes);
#pragma GCC unroll 8
  for (const std::uint64_t w : words) all |= w;
  return all != 0;
}

/// Whether it holds in every lane.
template <class T, std::size_t Bytes, class Arch>
TAPELESS_INLINE bool all(portable_mask<T, Bytes, Arch> m) noexcept {
  return !simd::any(!m);
}

namespace detail {

#if !defined(__SSE2__)
template <class T, std::size_t Bytes, class Arch>
struct batch_of {
  using type = portable_batch<T, Bytes, Arch>;
};

namespace batches = simd;
#endif

template <class T, class Arch, std::size_t Bytes>
struct family<portable_batch<T, Bytes, Arch>> {
  using type = Arch;
};

}  // namespace detail
}  // namespace tapeless::simd
