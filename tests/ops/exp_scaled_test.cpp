// e^x / 2^m: the exponential of the library to rounding, on every vector type, and never more than
// the quotient of two infinities can say where exponentials overflow.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <simd/every_vector.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

static_assert(tl::exp_scaled::forward(0.0, 3.0) == 0.125);
static_assert(tl::exp_scaled::backward(2.0, 0.0, 1.0, 0.5).d[0] == 1.0);
static_assert(tl::math::exp_scaled(tl::value{0.0}, tl::value{1.0}).is(0.5));

namespace {

template <class V>
auto first(V x) {
  tl::scalar_of<V> lane[tl::lane_width<V>];
  std::memcpy(lane, &x, sizeof(lane));
  return lane[0];
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("exp_scaled is e^x / 2^m to rounding", "", tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  for (int i = -2000; i <= 2000; ++i) {
    const T x = T(i) * T(0.35) + T(0.01);
    const T own = first(tl::exp_exponent::forward(V(x)));
    for (int above : {0, 1, 30}) {
      const long double exact = std::exp(static_cast<long double>(x) -
                                         (static_cast<long double>(own) + above) * std::log(2.0L));
      const T y = first(tl::exp_scaled::forward(V(x), V(own + T(above))));
      INFO(x << " over 2^" << own + T(above));
      REQUIRE(std::abs(static_cast<long double>(y) / exact - 1) <
              1.4L * std::numeric_limits<T>::epsilon());
    }
  }
}

TEMPLATE_LIST_TEST_CASE("exp_scaled takes any number", "", tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  const T inf = std::numeric_limits<T>::infinity(), most = std::numeric_limits<T>::max();
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const auto of = [](T x, T m) { return first(tl::exp_scaled::forward(V(x), V(m))); };
  const auto exponent = [](T x) { return first(tl::exp_exponent::forward(V(x))); };
  CHECK(of(-inf, 0) == 0);
  CHECK(of(-most, 0) == 0);
  CHECK(of(T(-1e9), 5) == 0);
  CHECK(of(T(1e30), exponent(T(1e30))) == 1);
  CHECK(of(T(1e29), exponent(T(1e30))) == 0);
  CHECK(of(most / 4, exponent(most / 4)) == 1);
  CHECK(std::isnan(of(nan, 0)));
  CHECK(std::isnan(of(inf, inf)));
  CHECK(std::isnan(of(-inf, -inf)));
  CHECK(of(0, inf) == 0);
}

TEST_CASE("exp_scaled differentiates in both operands") {
  const double x = 1.3, m = 4, y = tl::exp_scaled::forward(x, m), dy = 0.7, h = 1e-6;
  const auto d = tl::exp_scaled::backward(dy, x, m, y);
  const auto slope = [&](double up, double down) { return dy * (up - down) / (2 * h); };
  CHECK(d.d[0] ==
        Approx(slope(tl::exp_scaled::forward(x + h, m), tl::exp_scaled::forward(x - h, m)))
            .epsilon(1e-8));
  CHECK(d.d[1] == Approx(-std::log(2.0) * dy * y));
}
