#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <random>
#include <tapeless/core/math.hpp>
#include <tapeless/simd/lane.hpp>
#include <tapeless/simd/memory.hpp>

#include "every_vector.hpp"

namespace tl = tapeless;
namespace math = tapeless::math;
namespace simd = tapeless::simd;

namespace {

template <class T>
std::int64_t steps_between(T a, T b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b) ? 0 : 1 << 30;
  using bits = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
  const auto order = [](T x) {
    const std::int64_t i = std::bit_cast<bits>(x);
    return i < 0 ? std::numeric_limits<bits>::min() - i : i;
  };
  return std::abs(order(a) - order(b));
}

/// Numbers of every kind: special values first, then random bit patterns and moderate numbers.
template <class T>
struct samples {
  std::mt19937_64 random{5};
  std::size_t next = 0;
  T operator()() {
    using L = std::numeric_limits<T>;
    const T special[] = {T(0),     T(-0.0),        L::infinity(),   -L::infinity(),
                         L::max(), L::min(),       L::denorm_min(), T(1),
                         T(-1),    L::quiet_NaN(), L::lowest(),     -L::denorm_min(),
                         T(0.5),   T(100),         T(-100)};
    if (next < std::size(special)) return special[next++];
    using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
    const T any = std::bit_cast<T>(static_cast<bits>(random()));
    if (random() & 1) return any;
    return std::copysign(static_cast<T>(std::exp2(static_cast<double>(random() % 4096) / 200 - 12)),
                         any);
  }
};

/// Applies a unary body to vectors and to scalars and returns the largest distance.
template <class V, class Body>
std::int64_t distance_to_scalar(Body body) {
  using T = tl::scalar_of<V>;
  samples<T> sample;
  std::int64_t worst = 0;
  T x[simd::width_of<V>], y[simd::width_of<V>];
  for (int i = 0; i < 2000; ++i) {
    for (T& value : x) value = sample();
    simd::store(y, body(simd::load<V>(x)));
    for (std::size_t lane = 0; lane < simd::width_of<V>; ++lane)
      worst = std::max(worst, steps_between(y[lane], body(x[lane])));
  }
  return worst;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("primitives give the same bits on vectors and scalars", "[simd][lane]",
                        tests::every_batch) {
  using V = TestType;
  STATIC_REQUIRE(tl::numeric_lane<V>);
  CHECK(distance_to_scalar<V>([](auto x) { return math::abs(x); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::sqrt(x); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::round(x); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return -x; }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::min(x, decltype(x)(1)); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::min(decltype(x)(1), x); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::max(x, decltype(x)(1)); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::max(decltype(x)(1), x); }) == 0);
  CHECK(distance_to_scalar<V>(
            [](auto x) { return math::clamp(x, decltype(x)(-1), decltype(x)(1)); }) == 0);
  CHECK(distance_to_scalar<V>(
            [](auto x) { return math::select(x > decltype(x)(0), x, decltype(x)(0)); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::to_number(x >= decltype(x)(1), x); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::zero_where(x < decltype(x)(1), x); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::copysign(decltype(x)(3), x); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::scale2(x, decltype(x)(-30)); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::scale2(x, decltype(x)(100)); }) == 0);
}

TEMPLATE_LIST_TEST_CASE("functions on vectors are within a few steps of scalars", "[simd][lane]",
                        tests::every_batch) {
  // Equal operations in equal order; only the contraction of a * b + c may differ.
  using V = TestType;
  CHECK(distance_to_scalar<V>([](auto x) { return math::exp(x); }) <= 2);
  CHECK(distance_to_scalar<V>([](auto x) { return math::expm1(x); }) <= 3);
  CHECK(distance_to_scalar<V>([](auto x) { return math::log(x); }) <= 2);
  CHECK(distance_to_scalar<V>([](auto x) { return math::log1p(x); }) <= 2);
  CHECK(distance_to_scalar<V>([](auto x) { return math::tanh(x); }) <= 4);
  CHECK(distance_to_scalar<V>([](auto x) { return math::tanh_fast(x); }) <= 6);
  CHECK(distance_to_scalar<V>([](auto x) { return math::erf(x); }) <= 5);
  CHECK(distance_to_scalar<V>([](auto x) { return math::softplus(x); }) <= 3);
  CHECK(distance_to_scalar<V>([](auto x) { return math::pow(x, 3); }) == 0);
  CHECK(distance_to_scalar<V>([](auto x) { return math::pow(x, -2.5); }) == 0);
  // The smallest normal number is the step that flushing below it may take.
  using T = tl::scalar_of<V>;
  CHECK(distance_to_scalar<V>([](auto x) {
          return math::max(math::sigmoid(x), decltype(x)(std::numeric_limits<T>::min()));
        }) <= 3);
}

TEMPLATE_LIST_TEST_CASE("quick divisions are good to 2 units in the last place", "[simd][lane]",
                        tests::every_batch) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  for (T b = T(0.03); b < 100; b *= T(1.003)) {
    const V quotient = math::divide_fast(V(T(3)), V(b));
    for (std::size_t i = 0; i < simd::width_of<V>; ++i)
      REQUIRE(steps_between(quotient.data[i], 3 / b) <= 2);
  }
}

TEMPLATE_LIST_TEST_CASE("tables are looked up by the lowest four bits", "[simd][lane]",
                        tests::every_batch) {
  using V = TestType;
  STATIC_REQUIRE(tl::looks_up<V> == (std::is_same_v<simd::family_of<V>, simd::avx512> &&
                                     std::is_same_v<tl::scalar_of<V>, float>));
  if constexpr (tl::looks_up<V>) {
    alignas(64) float table[16];
    for (int i = 0; i < 16; ++i) table[i] = static_cast<float>(i * i);
    for (std::uint32_t i = 0; i < 64; i += 5) {
      const V found = tl::lane_traits<V>::lookup(table, tl::bits_of<V>(i));
      for (std::size_t lane = 0; lane < simd::width_of<V>; ++lane)
        CHECK(found.data[lane] == table[i % 16]);
    }
  }
}

TEMPLATE_LIST_TEST_CASE("the fused multiply-add rounds once outside of SSE2", "[simd][lane]",
                        tests::every_batch) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  // (1 + e)(1 - e) - 1 = -e^2, which is lost when the product is rounded first.
  const T e = std::numeric_limits<T>::epsilon();
  const V fused = math::fma(V(1 + e), V(1 - e), V(T(-1)));
  const V negated = math::fnma(V(1 + e), V(1 - e), V(T(1)));
  const T want = std::is_same_v<simd::family_of<V>, simd::sse2> ? fused.data[0] : -e * e;
  for (std::size_t i = 0; i < simd::width_of<V>; ++i) {
    CHECK(fused.data[i] == want);
    CHECK(negated.data[i] == -want);
  }
}
