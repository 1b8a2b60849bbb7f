#pragma once
// Vectors of unsigned integers, for the bits of floating-point lanes and for random numbers.

#include <cstddef>
#include <cstdint>
#include <tapeless/core/config.hpp>
#include <type_traits>

namespace tapeless::simd {
namespace detail {

// One by one, because g++ loses the attribute where the type or the size depends on a parameter.
template <class U, std::size_t Bytes>
struct integer_register;
template <>
struct integer_register<std::uint32_t, 16> {
  typedef std::uint32_t type __attribute__((vector_size(16)));
};
template <>
struct integer_register<std::uint32_t, 32> {
  typedef std::uint32_t type __attribute__((vector_size(32)));
};
template <>
struct integer_register<std::uint32_t, 64> {
  typedef std::uint32_t type __attribute__((vector_size(64)));
};
template <>
struct integer_register<std::uint64_t, 16> {
  typedef std::uint64_t type __attribute__((vector_size(16)));
};
template <>
struct integer_register<std::uint64_t, 32> {
  typedef std::uint64_t type __attribute__((vector_size(32)));
};
template <>
struct integer_register<std::uint64_t, 64> {
  typedef std::uint64_t type __attribute__((vector_size(64)));
};

/// Signed 32-bit integers, which every instruction set converts to float.
template <std::size_t Bytes>
struct signed_register;
template <>
struct signed_register<16> {
  typedef std::int32_t type __attribute__((vector_size(16)));
};
template <>
struct signed_register<32> {
  typedef std::int32_t type __attribute__((vector_size(32)));
};
template <>
struct signed_register<64> {
  typedef std::int32_t type __attribute__((vector_size(64)));
};

}  // namespace detail

/// Bytes / sizeof(U) unsigned integers in a register, with wrapping arithmetic. Written over the
/// compiler's vector extension, which picks the instructions for the target; Arch only keeps the
/// symbols of translation units with different flags apart.
template <class U, class Arch, std::size_t Bytes>
struct integers {
  using register_type = typename detail::integer_register<U, Bytes>::type;
  static constexpr std::size_t width = Bytes / sizeof(U);

  register_type data;

  integers() = default;
  TAPELESS_INLINE explicit integers(U value) noexcept : data(register_type{} + value) {}
  TAPELESS_INLINE explicit integers(register_type value) noexcept : data(value) {}

  TAPELESS_INLINE friend integers operator+(integers a, integers b) noexcept {
    return integers(a.data + b.data);
  }
  TAPELESS_INLINE friend integers operator-(integers a, integers b) noexcept {
    return integers(a.data - b.data);
  }
  TAPELESS_INLINE friend integers operator*(integers a, integers b) noexcept {
    return integers(a.data * b.data);
  }
  TAPELESS_INLINE friend integers operator&(integers a, integers b) noexcept {
    return integers(a.data & b.data);
  }
  TAPELESS_INLINE friend integers operator|(integers a, integers b) noexcept {
    return integers(a.data | b.data);
  }
  TAPELESS_INLINE friend integers operator^(integers a, integers b) noexcept {
    return integers(a.data ^ b.data);
  }
  TAPELESS_INLINE friend integers operator~(integers a) noexcept { return integers(~a.data); }
  TAPELESS_INLINE friend integers operator<<(integers a, int count) noexcept {
    return integers(a.data << static_cast<U>(count));
  }
  TAPELESS_INLINE friend integers operator>>(integers a, int count) noexcept {
    return integers(a.data >> static_cast<U>(count));
  }
};

}  // namespace tapeless::simd
