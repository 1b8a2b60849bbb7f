// A state that decays under feedback: without the guard it ends among the denormal numbers, with it
// at zero, at the speed of any other state.

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

constexpr int size = 16;

struct cell : tl::sequential<tl::input<size>, tl::dense<size>, tl::relu, tl::dense<size>> {};

/// Parameters that make the cell y = x / 2 for x >= 0.
tl::parameters<cell> halving() {
  tl::parameters<cell> theta{};
  for (int i = 0; i < size; ++i) {
    theta.view<"0.weight">()(i, i) = 1;
    theta.view<"2.weight">()(i, i) = 0.5f;
  }
  return theta;
}

/// The state after so many halvings of 1.
float decayed(const tl::parameters<cell>& theta, int steps) {
  float x[size], y[size];
  std::fill(x, x + size, 1.f);
  for (int i = 0; i < steps; ++i) {
    tl::forward<cell>(theta, x, y);
    std::copy(y, y + size, x);
  }
  return x[0];
}

/// Seconds for 2,000 forward passes from the same state: the least of 20 rounds, which is what
/// other work on the processor disturbs least.
double seconds(const tl::parameters<cell>& theta, float state) {
  using clock = std::chrono::steady_clock;
  float x[size], y[size];
  std::fill(x, x + size, state);
  double least = 1e9;
  for (int round = 0; round < 20; ++round) {
    const auto start = clock::now();
    for (int i = 0; i < 2000; ++i) {
      tl::forward<cell>(theta, x, y);
      asm volatile("" : : "r"(y) : "memory");
    }
    least = std::min(least, std::chrono::duration<double>(clock::now() - start).count());
  }
  return least;
}

}  // namespace

TEST_CASE("a decaying state ends at zero inside the guard and among the denormals outside") {
  const auto theta = halving();
  CHECK(decayed(theta, 100) == 0x1p-100f);
  CHECK(std::fpclassify(decayed(theta, 140)) == FP_SUBNORMAL);
  const tl::flush_to_zero guard;
  CHECK(decayed(theta, 126) == 0x1p-126f);
  CHECK(decayed(theta, 127) == 0);
  CHECK(decayed(theta, 140) == 0);
}

TEST_CASE("a decayed state takes no longer than any other inside the guard") {
  const auto theta = halving();
  const double outside = seconds(theta, 0x1p-140f);
  const tl::flush_to_zero guard;
  const double normal = seconds(theta, 1), decayed = seconds(theta, 0x1p-140f);
  INFO("ns a pass: " << normal * 5e5 << ", denormal " << outside * 5e5 << ", with the guard "
                     << decayed * 5e5);
  CHECK(decayed < 2 * normal);
}
