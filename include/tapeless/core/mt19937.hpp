#pragma once
// The Mersenne Twister as a plain value: the same numbers at compile time, at run time and in
// NumPy.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tapeless/core/config.hpp>
#include <utility>

namespace tapeless {

/// 32-bit Mersenne Twister MT19937, usable in constant expressions.
///
/// Equal seeds give the words of `std::mt19937` and the draws of NumPy's `RandomState(seed)`. It
/// has the interface of a standard random bit generator. Not for cryptography. Source: M.
/// Matsumoto, T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998, and the authors'
/// `init_genrand` seeding of 2002.
class mt19937 {
 public:
  using result_type = std::uint32_t;

  TAPELESS_NATIVE constexpr explicit mt19937(std::uint32_t seed = 5489u) {
    state_[0] = seed;
    for (std::uint32_t i = 1; i < state_size; ++i) {
      const std::uint32_t previous = state_[i - 1];
      state_[i] = 1812433253u * (previous ^ (previous >> 30)) + i;
    }
  }

  static constexpr result_type min() { return 0u; }
  static constexpr result_type max() { return 0xffffffffu; }

  /// The next word, uniform over all 32-bit values.
  // Words are renewed one at a time, not 624 at once: a constant expression that needs three
  // numbers pays for three.
  TAPELESS_NATIVE constexpr result_type operator()() {
    const std::size_t next = wrapped(index_ + 1);
    const std::uint32_t joined = (state_[index_] & 0x80000000u) | (state_[next] & 0x7fffffffu);
    const std::uint32_t twist = (joined & 1u) != 0u ? 0x9908b0dfu : 0u;
    std::uint32_t word = state_[wrapped(index_ + 397)] ^ (joined >> 1) ^ twist;
    state_[index_] = word;
    index_ = next;
    word ^= word >> 11;
    word ^= (word << 7) & 0x9d2c5680u;
    word ^= (word << 15) & 0xefc60000u;
    return word ^ (word >> 18);
  }

  /// A double in [0, 1) with 53 random bits: (a * 2^26 + b) / 2^53, a of 27 and b of 26 bits.
  TAPELESS_NATIVE constexpr double random_sample() {
    const double high = (*this)() >> 5;
    const double low = (*this)() >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  /// low + (high - low) * random_sample(): a double in [low, high).
  TAPELESS_NATIVE constexpr double uniform(double low, double high) {
    return low + (high - low) * random_sample();
  }

  /// An integer in [0, last], both ends included, without bias: words are cut to as many bits as
  /// `last` has, and those above `last` are drawn again.
  TAPELESS_NATIVE constexpr std::uint32_t random_interval(std::uint32_t last) {
    if (last == 0) return 0;
    std::uint32_t mask = last;
    for (int shift = 1; shift < 32; shift *= 2) mask |= mask >> shift;
    std::uint32_t value = (*this)() & mask;
    while (value > last) value = (*this)() & mask;
    return value;
  }

  /// Shuffles in place (Fisher-Yates from the last element down), as `RandomState.shuffle` does.
  /// At most 2^32 elements.
  template <class V, std::size_t N>
  TAPELESS_NATIVE constexpr void shuffle(std::span<V, N> values) {
    for (std::size_t i = values.size(); i-- > 1;) {
      using std::swap;
      swap(values[i], values[random_interval(static_cast<std::uint32_t>(i))]);
    }
  }

  TAPELESS_NATIVE friend constexpr bool operator==(const mt19937&, const mt19937&) = default;

 private:
  static constexpr std::size_t state_size = 624;

  TAPELESS_NATIVE static constexpr std::size_t wrapped(std::size_t i) {
    return i < state_size ? i : i - state_size;
  }

  std::array<std::uint32_t, state_size> state_{};
  std::size_t index_ = 0;
};

}  // namespace tapeless
