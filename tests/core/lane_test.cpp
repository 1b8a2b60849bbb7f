#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <tapeless/core/lane.hpp>

namespace tl = tapeless;
namespace math = tapeless::math;

static_assert(tl::lane<float> && tl::lane<double> && !tl::lane<int> && !tl::lane<const char*>);
static_assert(tl::numeric_lane<float> && tl::is_scalar<double> && tl::lane_width<float> == 1);
static_assert(std::is_same_v<tl::scalar_of<double>, double>);
static_assert(std::is_same_v<tl::bits_of<float>, std::uint32_t>);

static_assert(math::select(true, 1.0, 2.0) == 1.0 && math::select(false, 1.f, 2.f) == 2.f);
static_assert(math::zero_where(3 > 2, 5.f) == 0.f && math::zero_where(2 > 3, 5.0) == 5.0);
static_assert(math::to_number(3 > 2, 0.f) == 1.f && math::to_number(2 > 3, 0.0) == 0.0);
static_assert(math::fma(2.0, 3.0, 4.0) == 10.0 && math::fnma(2.f, 3.f, 4.f) == -2.f);
static_assert(math::abs(-2.f) == 2.f && math::min(1.0, 2.0) == 1.0 && math::max(1.f, 2.f) == 2.f);
static_assert(math::clamp(5.0, -1.0, 1.0) == 1.0 && math::clamp(-5.f, -1.f, 1.f) == -1.f);
static_assert(math::copysign(2.0, -0.0) == -2.0);
static_assert(math::round(2.5) == 2 && math::round(3.5f) == 4 && math::round(-0.75f) == -1);
static_assert(math::round(0x1p60) == 0x1p60 && math::round_small(-1.5) == -2);
static_assert(math::scale2(1.5f, -149.f) == 0x1p-148f && math::scale2(0.75, 1024.) == 0x1.8p1023);
static_assert(math::scale2(1.5f, 128.f) == std::numeric_limits<float>::infinity());
static_assert(math::scale2_normal(1.5, -3.) == 0.1875);
static_assert(math::split(10.0).mantissa == 1.25 && math::split(10.0).exponent == 3);
static_assert(math::split(0.75f).mantissa == 0.75f && math::split(0.75f).exponent == 0);
static_assert(math::sqrt(2.0) == 1.4142135623730951 && math::sqrt(2.0f) == 1.41421356f);
static_assert(math::sqrt(5e-324) == 2.2227587494850775e-162 && math::sqrt(9.0) == 3.0);
static_assert(math::sqrt(1.7976931348623157e308) == 1.3407807929942596e154);

namespace {

// The constant-evaluation path, called at run time to compare it with the hardware.
template <class T>
bool exact_sqrt_matches(T x) {
  return static_cast<T>(tl::detail::exact_sqrt(static_cast<double>(x))) == std::sqrt(x);
}

}  // namespace

TEST_CASE("the constant square root rounds as the hardware does", "[core][lane]") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 200000; ++i) {
    const double x = std::abs(std::bit_cast<double>(random()));
    if (std::isfinite(x) && x > 0) {
      INFO(x);
      REQUIRE(exact_sqrt_matches(x));
    }
    const float y = std::abs(std::bit_cast<float>(static_cast<std::uint32_t>(random())));
    if (std::isfinite(y) && y > 0) {
      INFO(y);
      REQUIRE(exact_sqrt_matches(y));
    }
  }
}

TEMPLATE_TEST_CASE("minimum and maximum pass NaN on from either side", "[core][lane]", float,
                   double) {
  const TestType nan = std::numeric_limits<TestType>::quiet_NaN(), one = 1;
  CHECK(std::isnan(math::min(nan, one)));
  CHECK(std::isnan(math::min(one, nan)));
  CHECK(std::isnan(math::max(nan, one)));
  CHECK(std::isnan(math::max(one, nan)));
  CHECK(std::isnan(math::clamp(nan, -one, one)));
  CHECK(std::isnan(math::sqrt(-one)));
  CHECK(std::signbit(math::sqrt(TestType(-0.0))));
}

TEMPLATE_TEST_CASE("run-time primitives agree with the C library", "[core][lane]", float, double) {
  using T = TestType;
  std::mt19937_64 random(11);
  std::uniform_real_distribution<T> wide(-100, 100);
  for (int i = 0; i < 10000; ++i) {
    const T x = wide(random), y = wide(random);
    REQUIRE(math::round(x) == std::nearbyint(x));
    REQUIRE(math::copysign(x, y) == std::copysign(x, y));
    REQUIRE(math::clamp(x, T(-3), T(5)) == std::fmin(std::fmax(x, T(-3)), T(5)));
    REQUIRE(math::select(x < y, x, y) == std::fmin(x, y));
    REQUIRE(math::scale2(x, T(-140)) == std::ldexp(x, -140));
    const auto parts = math::split(std::abs(x));
    REQUIRE(std::ldexp(parts.mantissa, static_cast<int>(parts.exponent)) == std::abs(x));
    REQUIRE(parts.mantissa >= T(0.7071));
    REQUIRE(parts.mantissa < T(1.4143));
  }
}
