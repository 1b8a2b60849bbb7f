// Exponentials by levels, and those of numbers below 0, on every vector type.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <simd/every_vector.hpp>
#include <tapeless/ops/exp_decay.hpp>
#include <tapeless/ops/exp_level.hpp>

namespace tl = tapeless;

static_assert(tl::exp_level::forward(0.0) == 0 && tl::exp_level::forward(10.0) == 7);
static_assert(tl::exp_level::forward(-10.0) == -7 && tl::exp_level::forward(1.0) == 0.5);
static_assert(tl::exp_from_level::forward(0.0, 2.0) == 0.0625);
static_assert(tl::exp_from_level::forward(-1e300, 2.0) == 0);
static_assert(tl::exp_from_level::forward(-3e38f, 2e38f) == 0);
static_assert(tl::exp_decay::forward(0.0) == 1 && tl::exp_decay::forward(-1e30f) == 0);
static_assert(tl::math::exp_level(tl::value{-10.0}).is(-7));

namespace {

template <class V>
auto first(V x) {
  tl::scalar_of<V> lane[tl::lane_width<V>];
  std::memcpy(lane, &x, sizeof(lane));
  return lane[0];
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("exp_from_level is right by the level's own ln 2", "",
                        tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  const auto ln2 = static_cast<long double>(static_cast<T>(0.69314718055994530942L));
  for (const double offset : {0.0, 1e4, -1e4, 2e5, 2.9e6, -4e6, 5e6, -3e7, 2e8})
    for (int i = -150; i <= 150; ++i) {
      const T x = static_cast<T>(offset) + T(i) * T(0.35);
      const T own = first(tl::exp_level::forward(V(x)));
      INFO(x << " with level " << own);
      REQUIRE(own * 2 == std::round(own * 2));
      const long double rest =
          static_cast<long double>(x) - 2 * ln2 * static_cast<long double>(own);
      REQUIRE(std::abs(rest) < (std::abs(x) < T(5.8e6) ? 0.75L : 30.L));
      CHECK(first(tl::exp_level_rest::forward(V(x), V(own))) ==
            Approx(static_cast<double>(rest)).margin(1e-30));
      // The reference has 64 digits, not for all of which the product leaves room.
      for (const int above : {0, 1, 15}) {
        if (own + T(above) - own != T(above)) continue;
        const T y = first(tl::exp_from_level::forward(V(x), V(own + T(above))));
        const long double exact = std::exp(rest) * std::pow(0.25L, above);
        REQUIRE(std::abs(static_cast<long double>(y) / exact - 1) <
                4 * std::numeric_limits<T>::epsilon() + std::abs(x) * 0x1p-61L);
      }
    }
}

TEMPLATE_LIST_TEST_CASE("exp_from_level takes any number", "", tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  const T inf = std::numeric_limits<T>::infinity(), most = std::numeric_limits<T>::max();
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const auto level = [](T x) { return first(tl::exp_level::forward(V(x))); };
  const auto of = [](T x, T q) { return first(tl::exp_from_level::forward(V(x), V(q))); };
  CHECK(std::isfinite(level(most)));
  CHECK(level(-most) == -level(most));
  CHECK(of(-inf, 0) == 0);
  CHECK(of(-most, level(most)) == 0);
  CHECK(of(most, level(most)) > 0);
  CHECK(of(most / 2, level(most)) == 0);
  CHECK(std::isnan(of(nan, 0)));
  CHECK(std::isnan(of(1, nan)));
  CHECK(std::isnan(of(inf, inf)));
  CHECK(std::isnan(of(-inf, -inf)));
}

TEMPLATE_LIST_TEST_CASE("exp_decay is exp below 0", "", tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  const auto of = [](T x) { return first(tl::exp_decay::forward(V(x))); };
  const T lowest = sizeof(T) == sizeof(float) ? T(-87) : T(-708);
  for (int i = 0; i <= 4000; ++i) {
    const T x = lowest * T(i) / T(4000);
    const long double exact = std::exp(static_cast<long double>(x));
    REQUIRE(std::abs(static_cast<long double>(of(x)) / exact - 1) <
            1.1L * std::numeric_limits<T>::epsilon());
  }
  CHECK(of(lowest * T(1.01)) == 0);
  CHECK(of(-std::numeric_limits<T>::max()) == 0);
  CHECK(of(-std::numeric_limits<T>::infinity()) == 0);
  CHECK(std::isnan(of(std::numeric_limits<T>::quiet_NaN())));
}

TEST_CASE("levels differentiate") {
  const auto d = tl::exp_from_level::backward(2.0, 0.3, 1.0, 0.5);
  CHECK(d.d[0] == 1);
  CHECK(d.d[1] == Approx(-1.3862943611));
  CHECK(tl::exp_level::backward(1.0, 3.0, 2.0) == 0);
  CHECK(tl::exp_level_rest::backward(1.0, 3.0, 2.0, 0.2).d[1] == Approx(-1.3862943611));
  CHECK(tl::exp_decay::backward(2.0, -1.0, 0.25) == 0.5);
}
