#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <tapeless/core/math.hpp>

namespace math = tapeless::math;

namespace {

constexpr bool near(double got, double want) {
  const double error = got > want ? got - want : want - got;
  return error <= 4e-16 * (want < 0 ? -want : want);
}

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr float infinite_float = std::numeric_limits<float>::infinity();

/// Error in units in the last place of T.
template <class T>
double ulp_error(T got, long double want) {
  const T rounded = static_cast<T>(want);
  if (std::isnan(rounded)) return std::isnan(got) ? 0 : 1e30;
  if (std::isinf(rounded) || !std::isfinite(got)) return got == rounded ? 0 : 1e30;
  const int exponent =
      std::max(want == 0 ? -100000 : std::ilogb(want), std::numeric_limits<T>::min_exponent - 1);
  const long double unit = std::scalbn(1.0L, exponent + 1 - std::numeric_limits<T>::digits);
  return static_cast<double>(std::abs(static_cast<long double>(got) - want) / unit);
}

/// Worst error over bit patterns of every kind and over moderate numbers.
template <class T, class Body, class Reference>
double worst_error(Body body, Reference reference) {
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  std::mt19937_64 random(3);
  double worst = 0;
  for (int i = 0; i < 100000; ++i) {
    const T any = std::bit_cast<T>(static_cast<bits>(random()));
    const T moderate = std::copysign(
        static_cast<T>(std::exp2(static_cast<double>(random() % 4096) / 128 - 22)), any);
    for (const T x : {any, moderate})
      worst = std::max(worst, ulp_error(body(x), reference(static_cast<long double>(x))));
  }
  return worst;
}

}  // namespace

static_assert(near(math::exp(1.0), 2.718281828459045) && math::exp(0.0) == 1.0);
static_assert(math::exp(-1000.0) == 0.0 && math::exp(1000.0) == infinite);
static_assert(math::exp(-infinite) == 0.0 && math::exp(infinite) == infinite);
static_assert(math::exp(-infinite_float) == 0.f && math::exp(infinite_float) == infinite_float);
static_assert(math::expm1(-infinite) == -1.0 && near(math::expm1(1e-10), 1.00000000005e-10));
static_assert(near(math::log(10.0), 2.302585092994046) && math::log(1.0) == 0.0);
static_assert(math::log(0.0) == -infinite && math::log(infinite) == infinite);
static_assert(math::log(0.f) == -infinite_float && near(math::log(5e-324), -744.4400719213812));
static_assert(math::log1p(-1.0) == -infinite && near(math::log1p(1e-10), 9.9999999995e-11));
static_assert(near(math::tanh(0.5), 0.46211715726000973) && math::tanh(infinite) == 1.0);
static_assert(math::tanh(-1e30f) == -1.f && math::tanh(0.f) == 0.f);
static_assert(near(math::tanh(1e-300), 1e-300) && math::tanh(1e-40f) == 1e-40f);
static_assert(math::sigmoid(0.0) == 0.5 && math::sigmoid(-infinite) == 0.0);
static_assert(math::sigmoid(infinite_float) == 1.f);
static_assert(math::tanh_fast(0.f) == 0.f && math::tanh_fast(infinite) < 1.0);
static_assert(math::tanh_fast(0.5) - math::tanh(0.5) < 6e-5);
static_assert(math::sigmoid_fast(0.0) == 0.5 && math::sigmoid_fast(-infinite_float) > 0.f);
static_assert(math::exp_fast(-infinite) == 0.0 && math::exp_fast(infinite) == infinite);
static_assert(math::exp_fast(-infinite_float) == 0.f);
static_assert(math::exp_fast(1.0) - math::exp(1.0) < 1e-5);
static_assert(near(math::erf(0.5), 0.5204998778130465) && math::erf(-infinite) == -1.0);
static_assert(near(math::softplus(0.0), 0.6931471805599453) && math::softplus(800.0) == 800.0);
static_assert(math::pow(3.0, 4) == 81.0 && math::pow(-2.0, -3) == -0.125);
static_assert(math::pow(4.0, 2.5) == 32.0 && near(math::pow(2.0, 0.3), 1.2311444133449163));
static_assert(math::pow(0.0, 0.3) == 0.0 && math::pow(2.f, 0.0) == 1.f);

static_assert(near(math::sin(1.0), 0.8414709848078965) && math::sin(0.0) == 0.0);
static_assert(near(math::sin(1e22), -0.8522008497671888));
static_assert(near(math::cos(1e300), -0.5753861119575491));
static_assert(near(math::tan(1.5), 14.101419947171719) && math::cos(0.f) == 1.f);
static_assert(near(math::asin(0.5), 0.5235987755982989) && math::acos(1.0) == 0.0);
static_assert(near(math::atan(infinite), 1.5707963267948966) && math::atan2(0.0, 1.0) == 0.0);
static_assert(near(math::atan2(-1.0, -infinite), -3.141592653589793));
static_assert(near(math::sinh(1.0), 1.1752011936438014) && math::cosh(0.0) == 1.0);
static_assert(math::sinh(-infinite) == -infinite && math::cosh(-800.0) == infinite);
static_assert(math::atanh(1.0) == infinite && math::acosh(1.0) == 0.0 && math::asinh(0.0) == 0.0);
static_assert(math::floor(-0.5) == -1.0 && math::ceil(0.5f) == 1.f && math::trunc(-2.7) == -2.0);
static_assert(math::round(2.5) == 2.0 && math::round(-3.5f) == -4.f && math::sign(-0.1) == -1.0);
static_assert(math::fmod(-7.5, 2.0) == -1.5 && math::floor_mod(-7.5, 2.0) == 0.5);
static_assert(math::fmod(1e300, 7.0) == 1.0 && math::fmod(5.0, infinite) == 5.0);
static_assert(math::power(-2.0, 3.0) < 0 && math::power(0.0, -1.0) == infinite);
static_assert(math::power(-1.0, infinite) == 1.0 && math::power(0.f, 0.f) == 1.f);
static_assert(math::pow(-2.0, 71) < 0 && math::pow(-infinite, 0.5) == infinite);

TEST_CASE("elementary functions in float stay within their bounds", "[core][math]") {
  const auto worst = [](auto body, auto reference) { return worst_error<float>(body, reference); };
  CHECK(worst([](float x) { return math::exp(x); }, [](auto x) { return std::exp(x); }) < 1.1);
  CHECK(worst([](float x) { return math::expm1(x); }, [](auto x) { return std::expm1(x); }) < 1.9);
  CHECK(worst([](float x) { return math::log(x); }, [](auto x) { return std::log(x); }) < 1.0);
  CHECK(worst([](float x) { return math::log1p(x); }, [](auto x) { return std::log1p(x); }) < 1.0);
  CHECK(worst([](float x) { return math::tanh(x); }, [](auto x) { return std::tanh(x); }) < 2.8);
  CHECK(worst([](float x) { return math::erf(x); }, [](auto x) { return std::erf(x); }) < 2.0);
  CHECK(worst([](float x) { return math::sin(x); }, [](auto x) { return std::sin(x); }) <= 0.9);
  CHECK(worst([](float x) { return math::cos(x); }, [](auto x) { return std::cos(x); }) <= 0.9);
  CHECK(worst([](float x) { return math::tan(x); }, [](auto x) { return std::tan(x); }) <= 2.4);
  CHECK(worst([](float x) { return math::asin(x); }, [](auto x) { return std::asin(x); }) <= 2.4);
  CHECK(worst([](float x) { return math::acos(x); }, [](auto x) { return std::acos(x); }) <= 1.2);
  CHECK(worst([](float x) { return math::atan(x); }, [](auto x) { return std::atan(x); }) <= 1.9);
  CHECK(worst([](float x) { return math::sinh(x); }, [](auto x) { return std::sinh(x); }) <= 1.7);
  CHECK(worst([](float x) { return math::cosh(x); }, [](auto x) { return std::cosh(x); }) <= 1.5);
  CHECK(worst([](float x) { return math::asinh(x); }, [](auto x) { return std::asinh(x); }) <= 1.7);
  CHECK(worst([](float x) { return math::acosh(x); }, [](auto x) { return std::acosh(x); }) <= 2.4);
  CHECK(worst([](float x) { return math::atanh(x); }, [](auto x) { return std::atanh(x); }) <= 1.8);
}

TEST_CASE("elementary functions in double stay within their bounds", "[core][math]") {
  const auto worst = [](auto body, auto reference) { return worst_error<double>(body, reference); };
  CHECK(worst([](double x) { return math::exp(x); }, [](auto x) { return std::exp(x); }) < 1.2);
  CHECK(worst([](double x) { return math::expm1(x); }, [](auto x) { return std::expm1(x); }) < 2.5);
  CHECK(worst([](double x) { return math::log(x); }, [](auto x) { return std::log(x); }) < 1.0);
  CHECK(worst([](double x) { return math::log1p(x); }, [](auto x) { return std::log1p(x); }) < 1.0);
  CHECK(worst([](double x) { return math::tanh(x); }, [](auto x) { return std::tanh(x); }) < 3.0);
  CHECK(worst([](double x) { return math::erf(x); }, [](auto x) { return std::erf(x); }) < 3.6);
  CHECK(worst([](double x) { return math::sin(x); }, [](auto x) { return std::sin(x); }) <= 0.9);
  CHECK(worst([](double x) { return math::cos(x); }, [](auto x) { return std::cos(x); }) <= 0.9);
  CHECK(worst([](double x) { return math::tan(x); }, [](auto x) { return std::tan(x); }) <= 2.4);
  CHECK(worst([](double x) { return math::asin(x); }, [](auto x) { return std::asin(x); }) <= 2.4);
  CHECK(worst([](double x) { return math::acos(x); }, [](auto x) { return std::acos(x); }) <= 1.2);
  CHECK(worst([](double x) { return math::atan(x); }, [](auto x) { return std::atan(x); }) <= 1.9);
  CHECK(worst([](double x) { return math::sinh(x); }, [](auto x) { return std::sinh(x); }) <= 1.7);
  CHECK(worst([](double x) { return math::cosh(x); }, [](auto x) { return std::cosh(x); }) <= 1.5);
  CHECK(worst([](double x) { return math::asinh(x); }, [](auto x) { return std::asinh(x); }) <=
        1.7);
  CHECK(worst([](double x) { return math::acosh(x); }, [](auto x) { return std::acosh(x); }) <=
        2.4);
  CHECK(worst([](double x) { return math::atanh(x); }, [](auto x) { return std::atanh(x); }) <=
        1.8);
}

TEMPLATE_TEST_CASE("the logistic function and softplus", "[core][math]", float, double) {
  using T = TestType;
  for (T x = -80; x <= 80; x += T(0.0625)) {
    const auto wide = static_cast<long double>(x);
    REQUIRE(ulp_error(math::sigmoid(x), 1 / (1 + std::exp(-wide))) < 2.5);
    REQUIRE(ulp_error(math::softplus(x), std::log1p(std::exp(wide))) < 1.9);
  }
  CHECK(math::sigmoid(T(-1000)) == 0);
  CHECK(math::sigmoid(T(1000)) == 1);
}

TEST_CASE("the slopes of the cheaper forms follow from their values to the bounds stated",
          "[core][math]") {
  const auto slope = [](auto body, double x) { return (body(x + 1e-6) - body(x - 1e-6)) / 2e-6; };
  const auto tanh = [](double x) { return math::tanh_fast(x); };
  const auto sigmoid = [](double x) { return math::sigmoid_fast(x); };
  const auto exp = [](double x) { return math::exp_fast(x); };
  double worst_tanh = 0, worst_sigmoid = 0, worst_exp = 0;
  for (double x = -12.0001; x < 12; x += 0x1p-10) {
    const double t = tanh(x), s = sigmoid(x);
    worst_tanh = std::max(worst_tanh, std::abs(slope(tanh, x) - (1 - t * t)));
    worst_sigmoid = std::max(worst_sigmoid, std::abs(slope(sigmoid, x) - s * (1 - s)));
    // At a half power of two exp_fast goes from one piece to the next.
    const double pieces = x / 0.6931471805599453 - 0.5;
    if (std::abs(pieces - std::round(pieces)) > 1e-4)
      worst_exp = std::max(worst_exp, std::abs(slope(exp, x) / exp(x) - 1));
  }
  CHECK(worst_tanh < 5.8e-4);
  CHECK(worst_sigmoid < 1.5e-4);
  CHECK(worst_exp < 2.1e-4);
}

TEMPLATE_TEST_CASE("NaN, signed zeros and invalid arguments", "[core][math]", float, double) {
  using T = TestType;
  const T nan = std::numeric_limits<T>::quiet_NaN();
  CHECK(std::isnan(math::exp(nan)));
  CHECK(std::isnan(math::expm1(nan)));
  CHECK(std::isnan(math::log(nan)));
  CHECK(std::isnan(math::log(T(-1))));
  CHECK(std::isnan(math::log1p(nan)));
  CHECK(std::isnan(math::log1p(T(-2))));
  CHECK(std::isnan(math::tanh(nan)));
  CHECK(std::isnan(math::sigmoid(nan)));
  CHECK(std::isnan(math::erf(nan)));
  CHECK(std::isnan(math::softplus(nan)));
  CHECK(std::isnan(math::pow(T(-2), 0.3)));
  CHECK(std::signbit(math::tanh(T(-0.0))));
  CHECK(std::signbit(math::erf(T(-0.0))));
  CHECK(std::signbit(math::expm1(T(-0.0))));
  CHECK(std::signbit(math::log1p(T(-0.0))));
}

TEMPLATE_TEST_CASE("powers agree with the C library", "[core][math]", float, double) {
  using T = TestType;
  const double tolerance = sizeof(T) == 4 ? 1e-5 : 1e-13;
  for (const double exponent : {-3.0, -2.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.7, 2.0, 3.0, 5.0, 71.0})
    for (const double x : {0.5, 0.8, 1.0, 1.25, 3.0}) {
      INFO(x << " ^ " << exponent);
      CHECK(static_cast<double>(math::pow(static_cast<T>(x), exponent)) ==
            Approx(std::pow(static_cast<double>(static_cast<T>(x)), exponent)).epsilon(tolerance));
    }
  CHECK(math::pow(T(-3), 3.0) == -27);
  CHECK(math::pow(T(0), -1.0) == std::numeric_limits<T>::infinity());
}

/// Pairs of numbers of every size, of moderate ones and of small multiples of 1/4.
template <class T, class F>
void for_each_pair(F f) {
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  std::mt19937_64 random(11);
  const auto draw = [&](std::uint64_t kind) -> T {
    const std::uint64_t any = random();
    if (kind % 3 == 0) return std::bit_cast<T>(static_cast<bits>(any));
    const T sized = static_cast<T>(std::exp2(static_cast<double>(any % 4096) / 200 - 10));
    if (kind % 3 == 1) return any >> 63 != 0 ? -sized : sized;
    return static_cast<T>(static_cast<int>(any % 65) - 32) / 4;
  };
  for (std::uint64_t i = 0; i < 300000; ++i) {
    const T a = draw(i), b = draw(i / 3);
    f(a, b);
  }
}

TEMPLATE_TEST_CASE("remainders are those of the C library, exactly", "[core][math]", float,
                   double) {
  using T = TestType;
  for_each_pair<T>([](T a, T b) {
    const T rest = std::fmod(a, b), got = math::fmod(a, b);
    INFO(a << " by " << b);
    REQUIRE((std::isnan(rest) ? std::isnan(got) : got == rest));
    const T floored = rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    const T got_floored = math::floor_mod(a, b);
    REQUIRE((std::isnan(rest) ? std::isnan(got_floored) : got_floored == floored));
  });
}

TEMPLATE_TEST_CASE("angles and powers of two numbers stay within their bounds", "[core][math]",
                   float, double) {
  using T = TestType;
  double angle = 0, power = 0;
  for_each_pair<T>([&](T a, T b) {
    const auto x = static_cast<long double>(a), y = static_cast<long double>(b);
    angle = std::max(angle, ulp_error(math::atan2(a, b), std::atan2(x, y)));
    const double size = std::abs(static_cast<double>(y * std::log(std::abs(x))));
    const double bound = 1.2 + 2 * (size < 1e4 ? size : 0);
    // Next to the ends of the range a rounded power may be infinite or 0.
    const long double wanted = std::pow(x, y);
    constexpr long double most = 0.99L * static_cast<long double>(std::numeric_limits<T>::max());
    if (std::isfinite(wanted) && std::abs(wanted) > most) return;
    power = std::max(power, ulp_error(math::power(a, b), wanted) / bound);
  });
  CHECK(angle <= 2.4);
  CHECK(power <= 1);
}

TEST_CASE("one changed index bit changes every bit of the hash about half of the time",
          "[core][math]") {
  const int samples = 8192;
  for (int flipped = 0; flipped < 32; ++flipped)
    for (const std::uint32_t key : {0u, 0xdeadbeefu}) {
      int changes[32] = {};
      for (int i = 0; i < samples; ++i) {
        const auto index = static_cast<std::uint32_t>(i);
        const std::uint32_t difference =
            math::mix(index, key, 5u) ^ math::mix(index ^ (1u << flipped), key, 5u);
        for (int bit = 0; bit < 32; ++bit) changes[bit] += static_cast<int>(difference >> bit) & 1;
      }
      for (const int count : changes) CHECK(std::abs(count - samples / 2) < samples / 20);
    }
}

TEST_CASE("uniform numbers lie in [0, 1) and have the mean and variance they should",
          "[core][math]") {
  double sum = 0, squares = 0;
  const int samples = 100000;
  for (int i = 0; i < samples; ++i) {
    const auto x =
        math::uniform_from_bits<double>(math::mix(static_cast<std::uint32_t>(i), 1u, 2u));
    REQUIRE(x >= 0);
    REQUIRE(x < 1);
    sum += x;
    squares += x * x;
  }
  CHECK(sum / samples == Approx(0.5).margin(0.005));
  CHECK(squares / samples == Approx(1.0 / 3).margin(0.005));
  CHECK(math::uniform_from_bits<float>(0xffffffffu) < 1.f);
}
