#include <catch2/catch.hpp>
#include <limits>
#include <tapeless/train/colour.hpp>

namespace tl = tapeless;

static_assert(tl::blend({0, 0, 0}, {255, 100, 0}, 0.5) == tl::rgb{128, 50, 0});
static_assert(tl::blend({200, 7, 9}, {0, 0, 0}, 0) == tl::rgb{200, 7, 9});
static_assert(tl::blend({200, 7, 9}, {1, 2, 3}, 1) == tl::rgb{1, 2, 3});

TEST_CASE("colours have their usual text", "[train][colour]") {
  CHECK(tl::hex({0, 0x72, 0xb2}) == "#0072b2");
}

TEST_CASE("probabilities run from blue over pale to orange", "[train][colour]") {
  const tl::rgb zero = tl::probability_colour(0), half = tl::probability_colour(0.5),
                one = tl::probability_colour(1);
  CHECK(zero.b > zero.r);
  CHECK(one.r > one.b);
  CHECK(int{half.r} + half.g + half.b > 3 * 240);
  CHECK(tl::probability_colour(-3) == zero);
  CHECK(tl::probability_colour(7) == one);
  const tl::rgb grey = tl::probability_colour(std::numeric_limits<double>::quiet_NaN());
  CHECK(grey.r == grey.g);
  CHECK(grey.g == grey.b);
}
