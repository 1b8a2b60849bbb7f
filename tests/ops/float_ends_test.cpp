// Derivatives and quotients where a square, a product or an integer constant used to lose them: far
// from 1, at 0 and at infinity, on scalars and on every vector type. Wanted numbers are PyTorch's
// in double precision.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <simd/every_vector.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

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

void check_same(double got, double wanted) {
  if (std::isnan(wanted))
    CHECK(std::isnan(got));
  else if (std::isinf(wanted))
    CHECK(got == wanted);
  else
    CHECK(got == Approx(wanted).epsilon(1e-5).margin(1e-37));
}

/// The gradients of an operation of two operands, with dy = 1.
template <class Op, class V>
void check_slopes(double a, double b, double da, double db) {
  INFO(Op::name << " at " << a << ", " << b);
  const V u = all_lanes<V>(a), v = all_lanes<V>(b);
  const auto d = Op::backward(all_lanes<V>(1), u, v, Op::forward(u, v));
  check_same(first_lane(d.d[0]), da);
  check_same(first_lane(d.d[1]), db);
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("the slopes of atan2 at points far from 1", "", tests::every_vector) {
  using V = TestType;
  check_slopes<tl::atan2, V>(1e-25, 1e-25, 5e24, -5e24);
  check_slopes<tl::atan2, V>(0, 1e-20, 1e20, 0);
  check_slopes<tl::atan2, V>(0.5, 1e20, 1e-20, 0);
  check_slopes<tl::atan2, V>(-1e20, 1e20, 5e-21, 5e-21);
  check_slopes<tl::atan2, V>(1e25, -1, 0, -1e-25);
  check_slopes<tl::atan2, V>(3, 4, 0.16, -0.12);
  check_slopes<tl::atan2, V>(0, 0, 0, 0);
  check_slopes<tl::atan2, V>(inf, 1, 0, not_a_number);
  check_slopes<tl::atan2, V>(1, inf, not_a_number, 0);
}

TEMPLATE_LIST_TEST_CASE("the slopes of remainders where there is none", "", tests::every_vector) {
  using V = TestType;
  check_slopes<tl::fmod, V>(1, 0, 1, -inf);
  check_slopes<tl::fmod, V>(-7.25, 0, 1, inf);
  check_slopes<tl::fmod, V>(0, 0, 1, not_a_number);
  check_slopes<tl::fmod, V>(inf, 2, 1, -inf);
  check_slopes<tl::fmod, V>(7.25, -2, 1, 3);
  check_slopes<tl::floor_mod, V>(1, 0, 1, -inf);
  check_slopes<tl::floor_mod, V>(-3, 0, 1, inf);
  check_slopes<tl::floor_mod, V>(0, 0, 1, not_a_number);
  check_slopes<tl::floor_mod, V>(inf, 2, 1, not_a_number);
  check_slopes<tl::floor_mod, V>(7.25, -2, 1, 4);
}

TEMPLATE_LIST_TEST_CASE("NaN beside a number takes the whole slope of min and max", "",
                        tests::every_vector) {
  using V = TestType;
  check_slopes<tl::min, V>(not_a_number, 1, 1, 1);
  check_slopes<tl::max, V>(2, not_a_number, 1, 1);
  check_slopes<tl::min, V>(1, 2, 1, 0);
  check_slopes<tl::max, V>(1, 2, 0, 1);
  check_slopes<tl::max, V>(2, 2, 0.5, 0.5);
}

TEMPLATE_LIST_TEST_CASE("divide_fast by zeros, infinities and NaN", "", tests::every_vector) {
  using V = TestType;
  const auto quotient = [](double a, double b) {
    return first_lane(tl::math::divide_fast(all_lanes<V>(a), all_lanes<V>(b)));
  };
  check_same(quotient(3, inf), 0);
  check_same(quotient(3, -inf), 0);
  check_same(quotient(3, 0), inf);
  check_same(quotient(-3, 0), -inf);
  check_same(quotient(3, -0.0), -inf);
  check_same(quotient(0, 0), not_a_number);
  check_same(quotient(inf, inf), not_a_number);
  check_same(quotient(inf, 2), inf);
  check_same(quotient(3, not_a_number), not_a_number);
}

TEMPLATE_LIST_TEST_CASE("celu with an alpha that is an integer", "", tests::every_vector) {
  using V = TestType;
  using op = tl::celu<2>;
  const V x = all_lanes<V>(-3);
  check_same(first_lane(op::forward(x)), 2 * std::expm1(-1.5));
  check_same(first_lane(op::backward(V(1), x, op::forward(x))), std::exp(-1.5));
}

TEMPLATE_LIST_TEST_CASE("hard_swish of the largest numbers", "", tests::every_vector) {
  using V = TestType;
  const double most = sizeof(tl::scalar_of<V>) == 4 ? 3.0e38 : 1.7e308;
  check_same(first_lane(tl::hard_swish::forward(all_lanes<V>(most))), most);
  check_same(first_lane(tl::hard_swish::forward(all_lanes<V>(-most))), 0);
}
