#pragma once
// Sums and extremes across the lanes of one vector, and of several vectors at once.

#include <cstddef>
#include <tapeless/simd/batch.hpp>
#include <tapeless/simd/shuffle.hpp>

namespace tapeless::simd {

namespace detail {

template <class T>
struct plus {
  template <class R>
  TAPELESS_INLINE static R call(R a, R b) noexcept {
    return a + b;
  }
};
struct larger {
  template <class R>
  TAPELESS_INLINE static R call(R a, R b) noexcept {
    return detail::max(a, b);
  }
};
struct smaller {
  template <class R>
  TAPELESS_INLINE static R call(R a, R b) noexcept {
    return detail::min(a, b);
  }
};

}  // namespace detail
}  // namespace tapeless::simd
