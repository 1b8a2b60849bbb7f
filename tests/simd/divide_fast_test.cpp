// The bound that the division without the divider states, over pairs drawn at random and pairs next
// to powers of two, on the widest vectors of each instruction set.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <tapeless/core/lane.hpp>
#include <tapeless/simd/simd.hpp>
#include <type_traits>

namespace tl = tapeless;
namespace math = tapeless::math;

namespace {

template <class T>
constexpr std::size_t width = tl::simd::max_width<T>;

template <class T>
using vector = tl::simd::lanes<T, width<T>>;

/// The type of references, with bits to spare.
template <class T>
using wider = std::conditional_t<sizeof(T) == 4, double, long double>;

/// Whether vectors of T estimate 1 / b; all others divide.
template <class T>
constexpr bool estimates = requires(vector<T> b) {
  tl::lane_traits<vector<T>>::reciprocal_estimate(b);
};

/// Error of y = a / b in units in the last place of the exact quotient.
template <class T>
double error_in_ulp(T a, T b, T y) {
  const wider<T> exact = static_cast<wider<T>>(a) / static_cast<wider<T>>(b);
  const wider<T> unit =
      std::scalbn(wider<T>(1), std::ilogb(exact) - (std::numeric_limits<T>::digits - 1));
  return static_cast<double>(std::abs(static_cast<wider<T>>(y) - exact) / unit);
}

/// The worst error over `calls` vectors of pairs that `draw` makes.
template <class T, class Draw>
double worst_error(int calls, Draw draw) {
  double worst = 0;
  for (int i = 0; i < calls; ++i) {
    T a[width<T>], b[width<T>], y[width<T>];
    for (std::size_t lane = 0; lane < width<T>; ++lane) draw(a[lane], b[lane]);
    tl::simd::store(y,
                    math::divide_fast(tl::simd::load<vector<T>>(a), tl::simd::load<vector<T>>(b)));
    for (std::size_t lane = 0; lane < width<T>; ++lane)
      worst = std::max(worst, error_in_ulp(a[lane], b[lane], y[lane]));
  }
  return worst;
}

/// 1 <= x < 2, and either sign.
template <class T>
T mantissa(std::mt19937_64& bits) {
  constexpr int digits = std::numeric_limits<T>::digits;
  const T x = 1 + std::scalbn(static_cast<T>(bits() >> (65 - digits)), 1 - digits);
  return (bits() & 1) != 0 ? -x : x;
}
int exponent(std::mt19937_64& bits, int least, int greatest) {
  return std::uniform_int_distribution<int>(least, greatest)(bits);
}

}  // namespace

TEMPLATE_TEST_CASE("quotients of random pairs are right to 2 ulp", "[simd][accuracy]", float,
                   double) {
  std::mt19937_64 bits(2024);
  const double worst = worst_error<TestType>(20000, [&](TestType& a, TestType& b) {
    a = std::scalbn(mantissa<TestType>(bits), exponent(bits, -20, 20));
    b = std::scalbn(mantissa<TestType>(bits), exponent(bits, -100, 99));
  });
  CHECK(worst <= (estimates<TestType> ? 2.0 : 0.5));
  CHECK(worst > 0.49);
}

TEMPLATE_TEST_CASE("so are those next to powers of two", "[simd][accuracy]", float, double) {
  std::mt19937_64 bits(7);
  constexpr TestType step = std::numeric_limits<TestType>::epsilon();
  const auto near_one = [&] { return 1 + step * static_cast<TestType>(exponent(bits, -64, 64)); };
  const double worst = worst_error<TestType>(10000, [&](TestType& a, TestType& b) {
    const bool both = (bits() & 1) != 0;
    a = std::scalbn(near_one(), exponent(bits, -20, 20));
    b = std::scalbn(both ? near_one() : mantissa<TestType>(bits), exponent(bits, -99, 99));
  });
  CHECK(worst <= (estimates<TestType> ? 2.0 : 0.5));
}

TEMPLATE_TEST_CASE("both ends of the range, zeros, infinities and NaN", "[simd][accuracy]", float,
                   double) {
  const auto quotient = [](TestType a, TestType b) {
    TestType y[width<TestType>];
    tl::simd::store(y, math::divide_fast(vector<TestType>(a), vector<TestType>(b)));
    return y[0];
  };
  constexpr auto infinity = std::numeric_limits<TestType>::infinity();
  const TestType least = std::scalbn(TestType(1), -100), greatest = 1 / least;
  for (const TestType b : {least, greatest, -least, -greatest}) {
    CHECK(error_in_ulp<TestType>(3, b, quotient(3, b)) <= 2);
    CHECK(quotient(0, b) == 0);
    CHECK(quotient(infinity, b) == std::copysign(infinity, b));
    CHECK(std::isnan(quotient(std::numeric_limits<TestType>::quiet_NaN(), b)));
  }
}
