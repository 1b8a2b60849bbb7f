#pragma once
// Random numbers for initializers: the same at compile time, at run time and on every machine.

#include <cstdint>
#include <tapeless/core/config.hpp>
#include <tapeless/core/math.hpp>
#include <tapeless/graph/node.hpp>

namespace tapeless {

/// Seed of everything random.
struct seed {
  std::uint64_t number = 0;
};

/// SplitMix64: a counter and a mixing function. Source: Steele, Lea, Flood 2014, "Fast splittable
/// pseudorandom number generators".
class generator {
 public:
  TAPELESS_NATIVE constexpr explicit generator(seed s) : state_{s.number} {}

  TAPELESS_NATIVE constexpr std::uint64_t bits() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  /// Uniform in [0, 1), 53 bits.
  TAPELESS_NATIVE constexpr double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  TAPELESS_NATIVE constexpr double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }
  /// Normal with mean 0 and deviation 1, by Marsaglia's polar method.
  TAPELESS_NATIVE constexpr double normal() {
    for (;;) {
      const double u = uniform(-1, 1), v = uniform(-1, 1), s = u * u + v * v;
      if (s > 0 && s < 1) return u * math::sqrt(-2 * math::log(s) / s);
    }
  }

 private:
  std::uint64_t state_;
};

}  // namespace tapeless
