#pragma once
// Memory of random networks: rows and blocks between inaccessible pages, numbers that Python makes
// by the same formula, and a stack whose old content is NaN.

#include <cstdint>
#include <forbidden_pages.hpp>
#include <new>
#include <tapeless/tapeless.hpp>
#include <utility>

namespace random_nets {

namespace tl = tapeless;

/// Number `index` of a stream: a multiple of 1/2048 between -1 and 1, exact in float.
constexpr double number(unsigned stream, unsigned index) {
  std::uint32_t x = stream * 2654435761u + index * 40503u + 12345u;
  x = (x ^ x >> 15) * 2246822519u;
  x = (x ^ x >> 13) * 3266489917u;
  x ^= x >> 16;
  return (static_cast<double>(x % 2048) - 1023.5) / 1024;
}

/// Count numbers between forbidden pages.
template <class T>
class row {
 public:
  row(int count, bool at_end) : memory_{static_cast<std::size_t>(count) * sizeof(T), at_end} {}
  T* data() const { return static_cast<T*>(memory_.data()); }

 private:
  forbidden_pages::guarded memory_;
};

/// One object between forbidden pages.
template <class T>
class object {
 public:
  template <class... Arguments>
  explicit object(bool at_end, Arguments&&... arguments)
      : memory_{sizeof(T), at_end},
        at_{new (memory_.data()) T{std::forward<Arguments>(arguments)...}} {}
  ~object() { at_->~T(); }
  T& operator*() const { return *at_; }
  T* operator->() const { return at_; }

 private:
  forbidden_pages::guarded memory_;
  T* at_;
};

/// Fills the stack below the caller with NaN, for calls that read what they have not written.
[[gnu::noinline]] inline void spoil_stack() {
  constexpr int count = 1 << 17;
  std::uint64_t below[count];
  for (int i = 0; i < count; ++i) below[i] = ~std::uint64_t{0};
  asm volatile("" : : "r"(&below[0]) : "memory");
}

}  // namespace random_nets
