// What a scan costs: code and compile time do not grow with its length; lengths that fill a vector,
// and constant evaluation.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace {

namespace tl = tapeless;

template <int Steps>
using net = tl::sequential<tl::input<Steps, 3>, tl::gru<8>, tl::flatten>;

template <int Steps>
using step_job = tl::detail::training_job<net<Steps>, tl::mse, tl::adam, tl::batch<4>>;

/// A running mean, by hand.
struct smoothed : tl::network<smoothed> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{6});
    return tl::scan(x, 0.0, [](tl::value now, tl::value mean) { return 0.75 * mean + 0.25 * now; })
        .all;
  }
};

consteval double smoothed_at_compile_time(int step) {
  const double x[6] = {1, 2, 3, 4, 5, 6};
  double y[6] = {};
  tl::forward<smoothed>(tl::parameters<smoothed, double>{}, x, y);
  return y[step];
}

}  // namespace

TEST_CASE("a scan of a thousand steps is as much code as one of ten", "[scan]") {
  constexpr const auto &ten = step_job<10>::plan, &thousand = step_job<1000>::plan;
  CHECK(thousand.step_count == ten.step_count);
  CHECK(thousand.kernels == ten.kernels);
  CHECK(std::size(thousand.code) == std::size(ten.code));
  // What a step computes is counted once per iteration.
  CHECK(thousand.flops > 90 * ten.flops);
}

TEST_CASE("a scan in a constant expression", "[scan]") {
  STATIC_REQUIRE(smoothed_at_compile_time(0) == 0.25);
  STATIC_REQUIRE(smoothed_at_compile_time(1) == 0.6875);
  const double x[6] = {1, 2, 3, 4, 5, 6};
  double y[6] = {};
  tl::forward<smoothed>(tl::parameters<smoothed, double>{}, x, y);
  CHECK(y[5] == Approx(smoothed_at_compile_time(5)).epsilon(1e-15));
}
