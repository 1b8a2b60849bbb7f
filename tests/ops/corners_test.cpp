// What becomes of zeros of both signs, infinities, NaN and the ends of domains: as PyTorch, in
// value and derivative, on scalars and on every vector type.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <golden/corners.hpp>
#include <simd/every_vector.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace pytorch = golden::corners;

namespace {

template <class V>
double first_lane(V x) {
  tl::scalar_of<V> lane[tl::lane_width<V>];
  std::memcpy(lane, &x, sizeof(lane));
  return static_cast<double>(lane[0]);
}

template <class V>
V all_lanes(double x) {
  return V(static_cast<tl::scalar_of<V>>(x));
}

/// Equal up to rounding; NaN for NaN, and zeros of one sign.
template <class V>
void check_same(double got, double wanted, bool signs = true) {
  using T = tl::scalar_of<V>;
  const double w = static_cast<double>(static_cast<T>(wanted));
  if (std::isnan(w)) {
    CHECK(std::isnan(got));
  } else if (w == 0 && !signs) {
    CHECK(std::abs(got) <= (sizeof(T) == 4 ? 1e-7 : 1e-16));
  } else if (std::isinf(w) || w == 0) {
    CHECK(got == w);
    if (signs) CHECK(std::signbit(got) == std::signbit(w));
  } else {
    CHECK(got == Approx(w).epsilon(sizeof(T) == 4 ? 2e-5 : 2e-13));
  }
}

/// Whether a point is the same one in single precision, up to rounding.
template <class V>
bool representable(double x) {
  const double size = std::abs(x);
  return sizeof(tl::scalar_of<V>) == 8 || !(size < HUGE_VAL) || size == 0 ||
         (size > 1e-30 && size < 100);
}

/// Forward and backward of an operation; masks are compared as numbers.
template <class Op, class V, class... Attributes>
void check(const char* name, const std::array<double, pytorch::points.size()>& value,
           const std::array<double, pytorch::points.size()>& slope, const Attributes&... a) {
  for (std::size_t i = 0; i < value.size(); ++i) {
    const double point = pytorch::points[i];
    if (!representable<V>(point)) continue;
    INFO(name << " at " << point);
    const V x = all_lanes<V>(point);
    if constexpr (requires { Op::mask; }) {
      CHECK(first_lane(tl::math::to_number(Op::forward(x), x)) == value[i]);
    } else {
      const V y = Op::forward(x, a...);
      check_same<V>(first_lane(y), value[i]);
      if constexpr (!requires { Op::no_gradient; })
        // The smallest numbers have squares and slopes that round in single precision.
        check_same<V>(first_lane(Op::backward(V(1), x, y, a...)), slope[i], false);
    }
  }
}

using pairs = std::array<double, pytorch::pair.size() * pytorch::pair.size()>;

template <class Op, class V>
void check_pairs(const char* name, const pairs& value, const pairs& da, const pairs& db,
                 bool (*defined)(double, double) = nullptr) {
  constexpr std::size_t n = pytorch::pair.size();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      INFO(name << " of " << pytorch::pair[i] << " and " << pytorch::pair[j]);
      const V a = all_lanes<V>(pytorch::pair[i]), b = all_lanes<V>(pytorch::pair[j]);
      if constexpr (requires { Op::mask; }) {
        CHECK(first_lane(tl::math::to_number(Op::forward(a, b), a)) == value[i * n + j]);
      } else {
        const V y = Op::forward(a, b);
        check_same<V>(first_lane(y), value[i * n + j]);
        if (defined != nullptr && !defined(pytorch::pair[i], pytorch::pair[j])) continue;
        const tl::gradients<V, 2> g = Op::backward(V(1), a, b, y);
        check_same<V>(first_lane(g.d[0]), da[i * n + j], false);
        check_same<V>(first_lane(g.d[1]), db[i * n + j], false);
      }
    }
}

}  // namespace

#define CHECK_OPERATION(op, ...)                    \
  check<tl::op, TestType>(#op, pytorch::op##_value, \
                          pytorch::op##_derivative __VA_OPT__(, ) __VA_ARGS__)
#define CHECK_PAIRS(op, ...)                                               \
  check_pairs<tl::op, TestType>(#op, pytorch::op##_value, pytorch::op##_a, \
                                pytorch::op##_b __VA_OPT__(, ) __VA_ARGS__)

TEMPLATE_LIST_TEST_CASE("corners of rounding and of masks", "", tests::every_vector) {
  CHECK_OPERATION(floor);
  CHECK_OPERATION(ceil);
  CHECK_OPERATION(round);
  CHECK_OPERATION(trunc);
  CHECK_OPERATION(sign);
  CHECK_OPERATION(is_nan);
  CHECK_OPERATION(is_infinite);
  CHECK_OPERATION(logical_not);
}

TEMPLATE_LIST_TEST_CASE("corners of trigonometric functions", "", tests::every_vector) {
  CHECK_OPERATION(sin);
  CHECK_OPERATION(cos);
  CHECK_OPERATION(tan);
  CHECK_OPERATION(asin);
  CHECK_OPERATION(acos);
  CHECK_OPERATION(atan);
}

TEMPLATE_LIST_TEST_CASE("corners of hyperbolic functions", "", tests::every_vector) {
  CHECK_OPERATION(sinh);
  CHECK_OPERATION(cosh);
  CHECK_OPERATION(asinh);
  CHECK_OPERATION(acosh);
  CHECK_OPERATION(atanh);
}

TEMPLATE_LIST_TEST_CASE("corners of bounds and activations", "", tests::every_vector) {
  CHECK_OPERATION(clamp, tl::clamp::attributes{-1, 1});
  CHECK_OPERATION(hard_swish);
  check<tl::thresholded_relu<>, TestType>("thresholded_relu", pytorch::thresholded_relu_value,
                                          pytorch::thresholded_relu_derivative);
}

TEMPLATE_LIST_TEST_CASE("corners of pairs", "", tests::every_vector) {
  // The slope along an infinite or zero divisor is a question of the order of limits.
  constexpr auto divisible = [](double a, double b) {
    return std::isfinite(a) && std::isfinite(b) && b != 0;
  };
  CHECK_PAIRS(fmod, divisible);
  CHECK_PAIRS(floor_mod, divisible);
  CHECK_PAIRS(atan2);
  CHECK_PAIRS(power);
  CHECK_PAIRS(prelu);
  CHECK_PAIRS(logical_and);
  CHECK_PAIRS(logical_or);
  CHECK_PAIRS(logical_xor);
}

TEMPLATE_LIST_TEST_CASE("corners of powers by constants", "", tests::every_vector) {
  constexpr std::size_t n = pytorch::pair.size();
  for (std::size_t i = 0; i < pytorch::exponents.size(); ++i)
    for (std::size_t j = 0; j < n; ++j) {
      INFO(pytorch::pair[j] << " ^ " << pytorch::exponents[i]);
      const tl::pow::attributes a{pytorch::exponents[i]};
      const TestType x = all_lanes<TestType>(pytorch::pair[j]);
      check_same<TestType>(first_lane(tl::pow::forward(x, a)), pytorch::pow_value[i * n + j]);
      check_same<TestType>(first_lane(tl::pow::backward(TestType(1), x, x, a)),
                           pytorch::pow_derivative[i * n + j], false);
    }
}
