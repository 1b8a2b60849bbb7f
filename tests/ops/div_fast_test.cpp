// The division without the divider: value and gradients are those of div to rounding, on every
// vector type, and it folds where both operands are known.

#include <catch2/catch.hpp>
#include <cstring>
#include <limits>
#include <simd/every_vector.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

static_assert(tl::div_fast::forward(6.0, 1.5) == 4.0);
static_assert(tl::div_fast::backward(1.0, 6.0, 2.0, 3.0).d[0] == 0.5);
static_assert(tl::div_fast::backward(1.0, 6.0, 2.0, 3.0).d[1] == -1.5);
static_assert(tl::math::divide_fast(tl::value{3.0}, tl::value{8.0}).is(0.375));

TEMPLATE_LIST_TEST_CASE("div_fast is div to rounding", "", tests::every_vector) {
  using V = TestType;
  using T = tl::scalar_of<V>;
  constexpr std::size_t width = tl::lane_width<V>;
  const auto first = [](V x) {
    T lane[width];
    std::memcpy(lane, &x, sizeof(lane));
    return lane[0];
  };
  const T tolerance = 4 * std::numeric_limits<T>::epsilon();
  for (int i = 1; i < 200; ++i) {
    const T a = T(i * 37 % 101) / 7 - 5, b = T(i) / 9 - T(11.05), dy = T(0.75);
    const V y = tl::div_fast::forward(V(a), V(b));
    const auto d = tl::div_fast::backward(V(dy), V(a), V(b), y);
    CHECK(first(y) == Approx(a / b).epsilon(tolerance));
    CHECK(first(d.d[0]) == Approx(dy / b).epsilon(tolerance));
    CHECK(first(d.d[1]) == Approx(-dy * a / (b * b)).epsilon(4 * tolerance));
  }
}
