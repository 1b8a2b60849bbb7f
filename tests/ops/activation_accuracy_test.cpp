// Relative errors of activations and of their derivatives over a dense sweep, against the bounds
// that docs/accuracy.md states. `ops_avx2_test "[table]"` prints the table of that page.

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>
#include <tapeless/tapeless.hpp>
#include <type_traits>

namespace tl = tapeless;

namespace {

// The functions in a wider type, in forms in which nothing cancels.
template <class R>
R logistic(R x) {
  return x > 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}
template <class R>
R logistic_slope(R x) {
  return logistic(x) * logistic(-x);
}
template <class R>
R normal_below(R x) {
  return std::erfc(-x * R(0.70710678118654752440084436210484904L)) / 2;
}
template <class R>
R normal_density(R x) {
  return std::exp(-x * x / 2) * R(0.39894228040143267793994605993438187L);
}
template <class R>
R mish_factor(R x) {
  if (x > 100) return 1;
  const R w = std::exp(x), n = w * (w + 2);
  return n / (n + 2);
}
template <class R>
R mish_slope(R x) {
  if (x > 100) return 1;
  const R w = std::exp(x), d = w * (w + 2) + 2;
  return mish_factor(x) + x * (4 * w * (w + 1) / d / d);
}
template <class R>
R twice_argument(R x) {
  return R(1.59576912160573071175978423973752747L) * (x + R(0.044715L) * x * x * x);
}
template <class R>
R gelu_tanh_slope(R x) {
  const R s = twice_argument(x);
  return logistic(s) + x * logistic_slope(s) * R(1.59576912160573071175978423973752747L) *
                           (1 + 3 * R(0.044715L) * x * x);
}

template <class V>
tl::scalar_of<V> first(V x) {
  tl::scalar_of<V> lane[tl::lane_width<V>];
  std::memcpy(lane, &x, sizeof(lane));
  return lane[0];
}

/// The greatest |got - wanted| / max(|wanted|, floor) over T's numbers between low and high, evenly
/// by their bits, where `wanted` is a normal number.
template <class V, class Got, class Wanted>
double worst(Got got, Wanted wanted, double low, double high, double floor) {
  using T = tl::scalar_of<V>;
  using R = std::conditional_t<sizeof(T) == 4, double, long double>;
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  const int steps = sizeof(T) == 4 ? 100000 : 20000;
  double most = 0;
  for (const T sign : {T(1), T(-1)}) {
    const T end = static_cast<T>(sign > 0 ? high : -low);
    if (!(end > 0)) continue;
    const bits from = std::bit_cast<bits>(std::numeric_limits<T>::min()) / 4 * 3;
    const bits step = (std::bit_cast<bits>(end) - from) / static_cast<bits>(steps);
    // Half of the steps by the bits, and half of them where functions bend.
    for (int i = 0; i < 2 * steps; ++i) {
      const T x = sign * (i < steps ? std::bit_cast<T>(from + step * static_cast<bits>(i))
                                    : end * (static_cast<T>(i - steps) + T(0.37)) / T(steps));
      const R want = wanted(static_cast<R>(x));
      const R size = std::abs(want);
      if (size < 2 * std::numeric_limits<T>::min()) continue;
      const R error = std::abs(static_cast<R>(first(got(V(x)))) - want);
      const double relative = static_cast<double>(error / std::max(size, static_cast<R>(floor)));
      if (!(relative <= most)) most = relative;
    }
  }
  return most;
}

bool prints = false;

/// Bounds in units of the type's epsilon, 1.2e-7 and 2.2e-16. The range of doubles is `stretch`
/// times that of floats. The floor is of the derivative.
struct sweep {
  double low, high, stretch, value, slope, floor = 0;
};

template <class Op, class T, class Value, class Slope>
void check(const char* name, const sweep& s, Value value, Slope slope) {
  using V = tl::simd::lanes<T, tl::simd::max_width<T>>;
  const double stretch = sizeof(T) == 4 ? 1 : s.stretch,
               epsilon = std::numeric_limits<T>::epsilon();
  const double low = s.low * stretch, high = s.high * stretch;
  const double of_value = worst<V>([](V x) { return Op::forward(x); }, value, low, high, 0);
  const double of_slope = worst<V>([](V x) { return Op::backward(V(1), x, Op::forward(x)); }, slope,
                                   low, high, s.floor);
  INFO(name << ": " << of_value / epsilon << " and " << of_slope / epsilon);
  CHECK(of_value <= s.value * epsilon);
  CHECK(of_slope <= s.slope * epsilon);
  if (!prints) return;
  if (sizeof(T) == 4) std::printf("| `%s` |", name);
  std::printf(" %.1e | %.1e |%s", of_value, of_slope, sizeof(T) == 4 ? "" : "\n");
}

template <class Op, class Value, class Slope>
void check_both(const char* name, const sweep& s, Value value, Slope slope) {
  check<Op, float>(name, s, value, slope);
  check<Op, double>(name, s, value, slope);
}

void check_all() {
  check_both<tl::elu<>>(
      "elu", {-87, 80, 8, 1, 2}, [](auto x) { return x > 0 ? x : std::expm1(x); },
      [](auto x) { return x > 0 ? 1 : std::exp(x); });
  check_both<tl::selu>(
      "selu", {-87, 80, 8, 2, 3},
      [](auto x) {
        using R = decltype(x);
        return x > 0 ? R(1.0507009873554804934193349852946L) * x
                     : R(1.7580993408473768599402175208123L) * std::expm1(x);
      },
      [](auto x) {
        using R = decltype(x);
        return x > 0 ? R(1.0507009873554804934193349852946L)
                     : R(1.7580993408473768599402175208123L) * std::exp(x);
      });
  // The quotient x / Alpha is rounded, which its exponential multiplies by its size.
  check_both<tl::celu<1.5>>(
      "celu<1.5>", {-120, 80, 8, 2, 500},
      [](auto x) { return x > 0 ? x : decltype(x)(1.5) * std::expm1(x / decltype(x)(1.5)); },
      [](auto x) { return x > 0 ? 1 : std::exp(x / decltype(x)(1.5)); });
  check_both<tl::expm1>(
      "expm1", {-87, 88, 8, 2, 1}, [](auto x) { return std::expm1(x); },
      [](auto x) { return std::exp(x); });
  // In terms of y: to the last place of 1.
  check_both<tl::sigmoid>(
      "sigmoid", {-87, 88, 8, 3, 4, 0.25}, [](auto x) { return logistic(x); },
      [](auto x) { return logistic_slope(x); });
  check_both<tl::tanh>(
      "tanh", {-40, 40, 8, 3, 4, 1}, [](auto x) { return std::tanh(x); },
      [](auto x) { return 4 * logistic_slope(2 * x); });
  check_both<tl::softplus>(
      "softplus", {-86, 80, 8, 2, 2},
      [](auto x) { return std::max(x, decltype(x)(0)) + std::log1p(std::exp(-std::abs(x))); },
      [](auto x) { return logistic(x); });
  check_both<tl::silu>(
      "silu", {-83, 80, 8, 3, 32, 0.1}, [](auto x) { return x * logistic(x); },
      [](auto x) { return logistic(x) + x * logistic_slope(x); });
  check_both<tl::gelu>(
      "gelu", {-12.5, 80, 2.9, 4, 8, 0.1}, [](auto x) { return x * normal_below(x); },
      [](auto x) { return normal_below(x) + x * normal_density(x); });
  // The cube is rounded, which the exponential multiplies by its size.
  check_both<tl::gelu_tanh>(
      "gelu_tanh", {-9.5, 80, 2.2, 1500, 60, 0.1},
      [](auto x) { return x * logistic(twice_argument(x)); },
      [](auto x) { return gelu_tanh_slope(x); });
  check_both<tl::mish>(
      "mish", {-80, 80, 8, 3, 6, 0.1}, [](auto x) { return x * mish_factor(x); },
      [](auto x) { return mish_slope(x); });
  check_both<tl::softsign>(
      "softsign", {-1e18, 1e18, 1, 2, 3}, [](auto x) { return x / (1 + std::abs(x)); },
      [](auto x) { return 1 / ((1 + std::abs(x)) * (1 + std::abs(x))); });
  check_both<tl::erf>(
      "erf", {-9.2, 9.2, 2.8, 3, 2}, [](auto x) { return std::erf(x); },
      [](auto x) {
        return decltype(x)(1.12837916709551257389615890312154517L) * std::exp(-x * x);
      });
  check_both<tl::asinh>(
      "asinh", {-1e30, 1e30, 1, 2, 2}, [](auto x) { return std::asinh(x); },
      [](auto x) { return 1 / std::hypot(x, decltype(x)(1)); });
  check_both<tl::atanh>(
      "atanh", {-0.9999999, 0.9999999, 1, 2, 2}, [](auto x) { return std::atanh(x); },
      [](auto x) { return 1 / ((1 - x) * (1 + x)); });
  check_both<tl::asin>(
      "asin", {-0.9999999, 0.9999999, 1, 3, 2}, [](auto x) { return std::asin(x); },
      [](auto x) { return 1 / std::sqrt((1 - x) * (1 + x)); });
}

}  // namespace

TEST_CASE("activations and their derivatives keep their bounds") { check_all(); }

TEST_CASE("the table of docs/accuracy.md", "[.][table]") {
  prints = true;
  check_all();
  prints = false;
}
