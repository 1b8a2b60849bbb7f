#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <tapeless/core/denormals.hpp>
#include <type_traits>

static_assert(std::is_nothrow_default_constructible_v<tapeless::flush_to_zero>);
static_assert(!std::is_copy_constructible_v<tapeless::flush_to_zero>);

namespace {

/// x / 2, computed at run time.
template <class T>
T half(T x) {
  volatile T operand = x;
  return operand * T(0.5);
}

/// Whether the results and operands of this thread's arithmetic may be denormal.
bool keeps_denormals() {
  constexpr float smallest = std::numeric_limits<float>::min();
  volatile float denormal = std::numeric_limits<float>::denorm_min();
  return half(smallest) != 0 && denormal * 0x1p30f != 0;
}

}  // namespace

TEMPLATE_TEST_CASE("denormals are zeros inside the guard and numbers outside", "[core][denormals]",
                   float, double) {
  constexpr TestType smallest = std::numeric_limits<TestType>::min();
  CHECK(half(smallest) > 0);
  {
    const tapeless::flush_to_zero guard;
    const TestType positive = half(smallest), negative = half(-smallest);
    CHECK(positive == 0);
    CHECK(negative == 0);
    CHECK(std::signbit(negative));
    CHECK(half(2 * smallest) == smallest);
  }
  CHECK(half(smallest) > 0);
}

TEST_CASE("guards nest and restore what they found", "[core][denormals]") {
  REQUIRE(keeps_denormals());
  {
    const tapeless::flush_to_zero outer;
    CHECK(!keeps_denormals());
    {
      const tapeless::flush_to_zero inner;
      CHECK(!keeps_denormals());
    }
    CHECK(!keeps_denormals());
  }
  CHECK(keeps_denormals());
}
