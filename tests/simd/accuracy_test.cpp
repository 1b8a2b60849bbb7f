// The bounds that the elementary functions state, on the widest vectors of each instruction set:
// every 1009th float, and all floats around the places where a function changes its formula.
// bench/accuracy.cpp walks through all of them.

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <tapeless/core/math.hpp>
#include <tapeless/simd/simd.hpp>
#include <type_traits>
#include <vector>

namespace tl = tapeless;
namespace math = tapeless::math;

namespace {

using V = tl::simd::lanes<float, tl::simd::max_width<float>>;
constexpr std::size_t width = tl::lane_width<V>;
constexpr bool fused = !std::is_same_v<tl::simd::family_of<V>, tl::simd::sse2> && width > 1;

std::vector<float> arguments() {
  std::vector<float> x;
  const auto add = [&](std::uint64_t bits) {
    x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  };
  for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += 1009) add(bits);
  const auto around = [&](double centre) {
    for (const double sign : {1.0, -1.0}) {
      const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(sign * centre));
      for (std::uint32_t i = 0; i < 64; ++i) add(bits + i - 32);
    }
  };
  // Multiples of ln(2) / 4: there the reductions of exp and tanh change over.
  for (int i = 1; i < 520; ++i) around(0.17328679513998632 * i);
  // Multiples of pi / 4, small ones and ones beyond the parts that pi / 2 has.
  for (int i = 1; i < 520; ++i)
    around(0.78539816339744831 * i), around(0.78539816339744831 * i * 1e9);
  for (int e = -126; e < 127; ++e) around(std::ldexp(1.0, e)), around(std::ldexp(1.41421356, e));
  for (double x0 = 0.125; x0 < 9.5; x0 += 0.125) around(x0);
  for (const double x0 : {0.9, 3.93, 9.05, 9.1, 18.1, 88.376, 88.72, 103.97}) around(x0);
  while (x.size() % width != 0) x.push_back(0);
  return x;
}

struct errors {
  double ulp = 0, absolute = 0, relative = 0;
  int wrong = 0;
};

template <class Body, class Reference>
errors measure(Body body, Reference reference) {
  static const std::vector<float> arguments = ::arguments();
  constexpr float smallest = std::numeric_limits<float>::min();
  errors worst;
  for (std::size_t i = 0; i < arguments.size(); i += width) {
    float y[width];
    tl::simd::store(y, body(tl::simd::load<V>(&arguments[i])));
    for (std::size_t lane = 0; lane < width; ++lane) {
      const double want = reference(static_cast<double>(arguments[i + lane]));
      const auto nearest = static_cast<float>(want);
      if (!std::isfinite(nearest) || !std::isfinite(y[lane])) {
        worst.wrong += std::isnan(nearest) ? !std::isnan(y[lane]) : y[lane] != nearest;
        continue;
      }
      const double error = std::abs(static_cast<double>(y[lane]) - want), size = std::abs(want);
      worst.absolute = std::max(worst.absolute, error);
      // Below the normal numbers results may be flushed.
      if (size < static_cast<double>(smallest)) {
        worst.wrong += std::abs(y[lane]) > 1.001f * smallest;
        continue;
      }
      worst.ulp = std::max(worst.ulp, error / std::scalbn(1.0, std::ilogb(size) - 23));
      worst.relative = std::max(worst.relative, error / size);
    }
  }
  return worst;
}

/// Holds a function to a bound in ulp and to the C library's special values.
const auto check = [](double bound, auto body, auto reference) {
  const errors e = measure(body, reference);
  CHECK(e.ulp <= bound);
  CHECK(e.wrong == 0);
};

}  // namespace

TEST_CASE("the bounds of the exponential functions hold", "[simd][accuracy]") {
  check(
      1.1, [](V x) { return math::exp(x); }, [](double x) { return std::exp(x); });
  check(
      1.9, [](V x) { return math::expm1(x); }, [](double x) { return std::expm1(x); });
  check(
      2.5, [](V x) { return math::sigmoid(x); }, [](double x) { return 1 / (1 + std::exp(-x)); });
}

TEST_CASE("the bounds of tanh and erf hold", "[simd][accuracy]") {
  const double bound = tl::looks_up<V> ? 1.3 : fused ? 2.0 : 2.7;
  check(
      bound, [](V x) { return math::tanh(x); }, [](double x) { return std::tanh(x); });
  check(
      1.9, [](V x) { return math::erf(x); }, [](double x) { return std::erf(x); });
}

TEST_CASE("the bounds of the logarithms hold", "[simd][accuracy]") {
  check(
      0.9, [](V x) { return math::log(x); }, [](double x) { return std::log(x); });
  check(
      0.9, [](V x) { return math::log1p(x); }, [](double x) { return std::log1p(x); });
  check(
      1.7, [](V x) { return math::softplus(x); },
      [](double x) {
        return std::isnan(x) ? x : std::fmax(x, 0) + std::log1p(std::exp(-std::abs(x)));
      });
}

TEST_CASE("the bounds of the trigonometric functions hold", "[simd][accuracy]") {
  check(
      0.9, [](V x) { return math::sin(x); }, [](double x) { return std::sin(x); });
  check(
      0.9, [](V x) { return math::cos(x); }, [](double x) { return std::cos(x); });
  check(
      2.4, [](V x) { return math::tan(x); }, [](double x) { return std::tan(x); });
}

TEST_CASE("the bounds of the inverse trigonometric functions hold", "[simd][accuracy]") {
  check(
      2.4, [](V x) { return math::asin(x); }, [](double x) { return std::asin(x); });
  check(
      1.2, [](V x) { return math::acos(x); }, [](double x) { return std::acos(x); });
  check(
      1.9, [](V x) { return math::atan(x); }, [](double x) { return std::atan(x); });
}

TEST_CASE("the bounds of the hyperbolic functions hold", "[simd][accuracy]") {
  check(
      1.7, [](V x) { return math::sinh(x); }, [](double x) { return std::sinh(x); });
  check(
      1.5, [](V x) { return math::cosh(x); }, [](double x) { return std::cosh(x); });
  check(
      1.7, [](V x) { return math::asinh(x); }, [](double x) { return std::asinh(x); });
  check(
      2.4, [](V x) { return math::acosh(x); }, [](double x) { return std::acosh(x); });
  check(
      1.8, [](V x) { return math::atanh(x); }, [](double x) { return std::atanh(x); });
}

TEST_CASE("rounding is exact", "[simd][accuracy]") {
  check(
      0, [](V x) { return math::floor(x); }, [](double x) { return std::floor(x); });
  check(
      0, [](V x) { return math::ceil(x); }, [](double x) { return std::ceil(x); });
  check(
      0, [](V x) { return math::trunc(x); }, [](double x) { return std::trunc(x); });
  check(
      0, [](V x) { return math::round(x); }, [](double x) { return std::nearbyint(x); });
}

TEST_CASE("the bounds of the cheaper forms hold", "[simd][accuracy]") {
  const errors t =
      measure([](V x) { return math::tanh_fast(x); }, [](double x) { return std::tanh(x); });
  CHECK(t.absolute <= 5.3e-5);
  CHECK(t.relative <= 5.3e-5);
  CHECK(t.wrong == 0);
  const errors s = measure([](V x) { return math::sigmoid_fast(x); },
                           [](double x) { return 1 / (1 + std::exp(-x)); });
  CHECK(s.absolute <= 2.7e-5);
  const errors e =
      measure([](V x) { return math::exp_fast(x); },
              [](double x) { return x > 127.5 / 1.44269504f ? HUGE_VAL : std::exp(x); });
  CHECK(e.relative <= (fused ? 4e-6 : 6.5e-6));
  CHECK(e.wrong == 0);
}

TEST_CASE("the cheaper forms stay inside their ranges", "[simd][accuracy]") {
  float least = 1, greatest = 0, most_positive = 0;
  for (float x = 0; x < 30; x += 0x1p-12f) {
    float y[width];
    tl::simd::store(y, math::tanh_fast(V(x)));
    greatest = std::max(greatest, y[0]);
    tl::simd::store(y, math::sigmoid_fast(V(-x)));
    least = std::min(least, y[0]);
    tl::simd::store(y, math::sigmoid_fast(V(x)));
    most_positive = std::max(most_positive, y[0]);
  }
  CHECK(greatest < 1);
  CHECK(most_positive < 1);
  CHECK(least > 0);
}
