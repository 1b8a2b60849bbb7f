#pragma once
// NumPy's legacy generator on the host: the same draws as numpy.random.RandomState(seed).

#include <tapeless/core/config.hpp>
#include <tapeless/core/mt19937.hpp>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace tapeless {

/// The Mersenne Twister with the draws that need the host: normal numbers and permutations. Every
/// sequence of calls gives what the same calls of NumPy's `RandomState(seed)` give; normal and
/// uniform numbers to rounding of the last bit where the compiler contracts a * b + c.
class random_state : public mt19937 {
 public:
  TAPELESS_NATIVE constexpr explicit random_state(std::uint32_t seed) : mt19937(seed) {}

  /// A normal number of the given mean and standard deviation (Marsaglia's polar method; the second
  /// number of each pair is kept for the next call).
  TAPELESS_NATIVE double normal(double mean = 0.0, double deviation = 1.0) {
    return mean + deviation * gauss();
  }

  /// 0, 1, ..., count - 1 in random order.
  TAPELESS_NATIVE std::vector<std::uint32_t> permutation(std::uint32_t count) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0u);
    shuffle(std::span(order));
    return order;
  }

 private:
  TAPELESS_NATIVE double gauss() {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    double x = 0;
    double y = 0;
    double r2 = 0;
    do {
      x = 2.0 * random_sample() - 1.0;
      y = 2.0 * random_sample() - 1.0;
      r2 = x * x + y * y;
    } while (r2 >= 1.0 || r2 == 0.0);
    const double scale = std::sqrt(-2.0 * std::log(r2) / r2);
    spare_ = scale * x;
    has_spare_ = true;
    return scale * y;
  }

  double spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace tapeless
