#pragma once
// What a call promises about its memory, checked where TAPELESS_CHECKS is 1. A broken promise
// prints one sentence and ends the program. Nothing is checked in constant expressions, where the
// compiler refuses what is undefined.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <tapeless/core/config.hpp>

namespace tapeless::detail {

/// Prints "Tapeless: WHERE: WHAT" and ends the program. Out of line: a check costs its caller a
/// comparison and a jump that is not taken.
TAPELESS_NATIVE [[gnu::cold, gnu::noinline, noreturn]] inline void broken(
    const char* where, const char* what) noexcept {
  std::fprintf(stderr, "Tapeless: %s: %s\n", where, what);
  std::abort();
}
TAPELESS_NATIVE [[gnu::cold, gnu::noinline, noreturn]] inline void broken_count(const char* where,
                                                                                int count,
                                                                                int most) noexcept {
  if (most > 0)
    std::fprintf(stderr,
                 "Tapeless: %s: count is %d, but a call takes 1 to %d rows; pass the number of rows "
                 "in the buffers, and more than %d in several calls\n",
                 where, count, most, most);
  else
    std::fprintf(stderr,
                 "Tapeless: %s: count is %d, but a call takes 1 row or more; pass the number of "
                 "rows in the buffers\n",
                 where, count);
  std::abort();
}

/// Memory of a call: `count` values from `first` on.
struct extent_of_memory {
  const void* first;
  std::size_t bytes;

  template <class T>
  TAPELESS_INLINE extent_of_memory(const T* p, std::size_t count) noexcept
      : first{p}, bytes{count * sizeof(T)} {}

  TAPELESS_INLINE std::uintptr_t begin() const noexcept {
    return reinterpret_cast<std::uintptr_t>(first);
  }
  TAPELESS_INLINE bool overlaps(const extent_of_memory& other) const noexcept {
    return begin() < other.begin() + other.bytes && other.begin() < begin() + bytes;
  }
};

TAPELESS_INLINE void require(bool kept, const char* where, const char* what) noexcept {
  if (!kept) [[unlikely]]
    broken(where, what);
}

/// Runs f, a list of checks, where they are on and the call is not a constant expression.
template <class Checks>
TAPELESS_INLINE constexpr void checked([[maybe_unused]] const Checks& checks) noexcept {
#if TAPELESS_CHECKS
  if (!__builtin_is_constant_evaluated()) checks();
#endif
}

/// The number of rows of a call: at least 1, and no more than `most` unless that is 0.
TAPELESS_INLINE void require_count(int count, int most, const char* where) noexcept {
  if (count < 1 || (most > 0 && count > most)) [[unlikely]]
    broken_count(where, count, most);
}

inline constexpr const char* not_aligned =
    "the parameters are not aligned to 64 bytes; make them a variable or use new, not malloc";

/// Parameters, alone or in a trainer: kernels load them by aligned instructions. The address is hidden
/// from the compiler, which may take a reference for aligned and drop the check.
template <class Parameters>
TAPELESS_INLINE void require_aligned(const Parameters& theta, const char* where) noexcept {
  auto address = reinterpret_cast<std::uintptr_t>(theta.data);
  asm("" : "+r"(address));
  require(address % alignof(Parameters) == 0, where, not_aligned);
}

/// The same for a gradient that a call returns. The compiler may drop this check: g++ 12 aligns a
/// returned object whose value is not used to 32 bytes. The kernels of that build need no more.
template <class Parameters>
TAPELESS_INLINE void require_aligned_gradient(const Parameters& gradient,
                                              const char* where) noexcept {
  require(reinterpret_cast<std::uintptr_t>(gradient.data) % alignof(Parameters) == 0, where,
          not_aligned);
}

}  // namespace tapeless::detail
