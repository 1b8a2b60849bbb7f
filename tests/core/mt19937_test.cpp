#include <tapeless/core/mt19937.hpp>

#include <catch2/catch.hpp>

#include <random>

namespace tl = tapeless;

namespace {

constexpr std::uint32_t nth_word(std::uint32_t seed, int n) {
  tl::mt19937 generator(seed);
  for (int i = 0; i < n; ++i) generator();
  return generator();
}

constexpr std::array<int, 5> shuffled(std::uint32_t seed) {
  std::array<int, 5> values{0, 1, 2, 3, 4};
  tl::mt19937 generator(seed);
  generator.shuffle(std::span(values));
  return values;
}

}  // namespace

// First words of the authors' reference program and of NumPy's RandomState.
static_assert(nth_word(5489, 0) == 3499211612u);
static_assert(nth_word(42, 0) == 1608637542u);
static_assert(nth_word(0, 0) == 2357136044u);
static_assert(tl::mt19937(0).random_sample() == 0.5488135039273248);
static_assert(tl::mt19937(7).random_interval(0) == 0u);
static_assert(shuffled(42) == std::array{1, 4, 2, 0, 3});
static_assert(shuffled(0) == std::array{2, 0, 1, 3, 4});
static_assert(std::uniform_random_bit_generator<tl::mt19937>);

TEST_CASE("words equal those of the standard library over several rounds", "[core]") {
  for (const std::uint32_t seed : {0u, 1u, 5489u, 0xffffffffu}) {
    tl::mt19937 ours(seed);
    std::mt19937 theirs(seed);
    for (int i = 0; i < 5000; ++i) {
      if (ours() != theirs()) FAIL("seed " << seed << ", word " << i);
    }
  }
  tl::mt19937 ours;
  for (int i = 1; i < 10000; ++i) ours();
  CHECK(ours() == 4123659995u);  // required by the C++ standard, [rand.predef]
}

TEST_CASE("intervals hold both ends and draw nothing for 0", "[core]") {
  tl::mt19937 generator(3);
  std::array<int, 6> seen{};
  for (int i = 0; i < 6000; ++i) ++seen.at(generator.random_interval(5));
  for (const int count : seen) CHECK(std::abs(count - 1000) < 200);

  tl::mt19937 same(9);
  const tl::mt19937 untouched = same;
  CHECK(same.random_interval(0) == 0u);
  CHECK(same == untouched);
}

TEST_CASE("uniform numbers stay in their range", "[core]") {
  tl::mt19937 generator(1);
  double sum = 0;
  for (int i = 0; i < 10000; ++i) {
    const double x = generator.uniform(-2.0, 4.0);
    if (!(x >= -2.0 && x < 4.0)) FAIL(x);
    sum += x;
  }
  CHECK(sum / 10000 == Approx(1.0).margin(0.1));
}
