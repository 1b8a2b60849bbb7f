#pragma once
// The first N lanes of a register for any processor.

#include <cstddef>
#include <tapeless/core/config.hpp>
#include <tapeless/simd/generic/shuffle.hpp>

namespace tapeless::simd::detail::generic {

/// load<N>, store<N> and keep<N>, 0 < N < the lanes of a register.
template <class Register>
struct partial {
  using value = value_of<Register>;

  template <std::size_t N>
  TAPELESS_INLINE static Register load(const value* p) noexcept {
    Register x{};
#pragma GCC unroll 16
    for (std::size_t i = 0; i < N; ++i) x[i] = p[i];
    return x;
  }
  template <std::size_t N>
  TAPELESS_INLINE static void store(value* p, Register x) noexcept {
#pragma GCC unroll 16
    for (std::size_t i = 0; i < N; ++i) p[i] = x[i];
  }
  template <std::size_t N>
  TAPELESS_INLINE static Register keep(Register x, Register other) noexcept {
    constexpr int n = static_cast<int>(N);
    return generic::pick<values_in<Register>>(
        x, other, [](int i) { return i < n ? i : i + values_in<Register>; });
  }
};

}  // namespace tapeless::simd::detail::generic
