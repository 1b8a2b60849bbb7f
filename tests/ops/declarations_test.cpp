// Declarations as people write them: numbers among values, constants as results, indices and axes
// from behind.

#include <array>
#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace m = tapeless::math;
using tl::value;

namespace {

template <auto Formula>
struct written : tl::network<written<Formula>> {
  static consteval value define(tl::graph& g) { return Formula(g.input("x", tl::shape{3})); }
};

/// What a formula makes of (1, 2, -3), in a constant expression and by kernels for one and two
/// rows.
template <auto Formula, std::size_t N>
consteval bool constant(const std::array<double, N>& wanted) {
  using net = written<Formula>;
  static_assert(tl::output_size<net> == N);
  std::array<double, 3> x{1, 2, -3};
  std::array<double, N> y{};
  tl::forward<net>(tl::parameters<net, double>{}, x.data(), y.data());
  return y == wanted;
}
template <auto Formula, std::size_t N>
void check(const std::array<double, N>& wanted) {
  using net = written<Formula>;
  const double x[6] = {1, 2, -3, 1, 2, -3};
  double y[2 * N] = {};
  tl::forward<net, tl::batch<2>>(tl::parameters<net, double>{}, x, y);
  for (std::size_t i = 0; i < 2 * N; ++i) CHECK(y[i] == Approx(wanted[i % N]));
}

constexpr auto zeroth = [](value x) { return m::pow(x, 0); };
constexpr auto sum_of_zeroth = [](value x) { return m::sum(m::pow(x, 0)); };
constexpr auto maximum_of_zeroth = [](value x) { return m::maximum(m::pow(x, 0.0), -1, true) + x; };
constexpr auto zeroth_in_parts = [](value x) {
  return m::concat(m::slice(m::pow(x, 0), 0, 1, 2), x, -1);
};
constexpr auto product_of_zeroth = [](value x) {
  return m::dot(m::pow(x, 0), x) * m::pow(m::mean(x), 0);
};
constexpr auto nothing_left = [](value x) { return x * 0 + 5; };
constexpr auto a_number = [](value) { return value{3.0}; };
constexpr auto two_numbers = [](value x) { return m::select(x > 0, 1.0, 2.0); };
constexpr auto two_whole_numbers = [](value x) {
  return m::select(x > x[-1], 1, 2) + m::select(x, 0, 1.5f);
};
constexpr auto known_choice = [](value x) {
  return m::select(1.0 > 2.0, x, -x) + m::select(true, x, 7);
};
constexpr auto signs = [](value x) { return +x + -x + +value{1.0}; };
constexpr auto bounds = [](value x) {
  return m::max(x, 0) + m::min(1, x) + m::clamp(x, 0, 1) + m::pow(2, x) + m::pow(x, 2);
};
constexpr auto in_place = [](value x) {
  value y = x;
  y += 1, y *= 2, y -= x, y /= 4;
  return y;
};
constexpr auto from_behind = [](value x) {
  return x[-1] + x[0] * m::iota(*x.owner, tl::shape{3}, -1) + m::sum(x, -1);
};
constexpr auto logic = [](value x) { return (x > 0 && x < 2) || !(x > -1) || x == 7; };
constexpr auto of_numbers = [](value x) {
  return (m::sqrt(4.0) + m::max(1.0, 2.0) + m::abs(-1.5) + m::floor(2.5) +
          m::select(1.0 < 2.0, 1.0, 2.0)) *
         x;
};

static_assert(constant<zeroth>(std::array{1.0, 1.0, 1.0}));
static_assert(constant<sum_of_zeroth>(std::array{3.0}));
static_assert(constant<two_numbers>(std::array{1.0, 1.0, 2.0}));
static_assert(constant<two_whole_numbers>(std::array{1.0, 1.0, 2.0}));
static_assert(constant<known_choice>(std::array{0.0, 0.0, 0.0}));
static_assert(constant<signs>(std::array{1.0, 1.0, 1.0}));
static_assert(constant<in_place>(std::array{0.75, 1.0, -0.25}));
static_assert(constant<from_behind>(std::array{-3.0, -2.0, -1.0}));
static_assert(constant<logic>(std::array{1.0, 0.0, 1.0}));

}  // namespace

TEST_CASE("constants as results and under other operations") {
  check<zeroth>(std::array{1.0, 1.0, 1.0});
  check<sum_of_zeroth>(std::array{3.0});
  check<maximum_of_zeroth>(std::array{2.0, 3.0, -2.0});
  check<zeroth_in_parts>(std::array{1.0, 1.0, 1.0, 2.0, -3.0});
  check<product_of_zeroth>(std::array{0.0});
  check<nothing_left>(std::array{5.0, 5.0, 5.0});
  check<a_number>(std::array{3.0});
}

TEST_CASE("numbers among values") {
  check<two_numbers>(std::array{1.0, 1.0, 2.0});
  check<two_whole_numbers>(std::array{1.0, 1.0, 2.0});
  check<known_choice>(std::array{0.0, 0.0, 0.0});
  check<bounds>(std::array{6.0, 12.0, 6.125});
  check<logic>(std::array{1.0, 0.0, 1.0});
  check<of_numbers>(std::array{8.5, 17.0, -25.5});
}

TEST_CASE("signs, indices and axes") {
  check<signs>(std::array{1.0, 1.0, 1.0});
  check<in_place>(std::array{0.75, 1.0, -0.25});
  check<from_behind>(std::array{-3.0, -2.0, -1.0});
}
