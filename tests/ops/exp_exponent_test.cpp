// The binary exponent of an exponential, on every vector type.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <simd/every_vector.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

static_assert(tl::exp_exponent::forward(0.0) == 0);
static_assert(tl::exp_exponent::forward(10.0) == 14);
static_assert(tl::exp_exponent::backward(1.0, 10.0, 14.0) == 0);
static_assert(tl::math::exp_exponent(tl::value{-10.0}).is(-14));

TEMPLATE_LIST_TEST_CASE("exp_exponent is the nearest integer to x / ln 2", "",
                        tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  const auto of = [](T x) {
    const V y = tl::exp_exponent::forward(V(x));
    T lane[tl::lane_width<V>];
    std::memcpy(lane, &y, sizeof(lane));
    return lane[0];
  };
  for (int i = -3000; i <= 3000; ++i) {
    const T x = T(i) * T(0.77), y = of(x);
    INFO(x);
    REQUIRE(y == std::round(y));
    REQUIRE(std::abs(static_cast<double>(x) / std::log(2.0) - static_cast<double>(y)) < 0.501);
  }
  const T inf = std::numeric_limits<T>::infinity();
  CHECK(of(inf) == inf);
  CHECK(of(-inf) == -inf);
  CHECK(std::isnan(of(std::numeric_limits<T>::quiet_NaN())));
}
