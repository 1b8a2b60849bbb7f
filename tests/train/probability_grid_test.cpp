#include <catch2/catch.hpp>
#include <limits>
#include <string>
#include <tapeless/train/probability_grid.hpp>

namespace tl = tapeless;

namespace {

constexpr tl::plane_range range{0, 4, 0, 4};
const tl::plot_axis x_axis{0, 4, tl::axis_scale::linear, 0, 400},
    y_axis{0, 4, tl::axis_scale::linear, 400, 0};

}  // namespace

TEST_CASE("a grid samples cell centres", "[train][plot]") {
  const tl::probability_grid grid([](double x, double y) { return 10 * x + y; }, range, 4);
  CHECK(grid.at(0, 0) == Approx(5.5));
  CHECK(grid.at(3, 1) == Approx(36.5));
  CHECK(grid.between(0.5, 0) == Approx(10.5));
  CHECK(grid.between(1, 0.25) == Approx(15.75));
  CHECK(grid.between(-3, -3) == grid.at(0, 0));
  CHECK(grid.between(9, 9) == grid.at(3, 3));
}

TEST_CASE("shades have the highest y on top", "[train][plot]") {
  const tl::probability_grid grid([](double, double y) { return y / 4; }, range, 4);
  const tl::image shades = grid.shades();
  CHECK(shades.at(0, 0) == tl::probability_colour(3.5 / 4));
  CHECK(shades.at(2, 3) == tl::probability_colour(0.5 / 4));
}

TEST_CASE("the boundary lies where the value crosses the level", "[train][plot]") {
  const tl::probability_grid grid([](double x, double) { return x / 4; }, range, 4);
  // Vertical line x = 2.2 from the lowest to the highest centre, y = 0.5 to 3.5.
  CHECK(grid.boundary(0.55, x_axis, y_axis) ==
        "M220.0 350.0L220.0 250.0M220.0 250.0L220.0 150.0M220.0 150.0L220.0 50.0");
  CHECK(grid.boundary(2, x_axis, y_axis).empty());
  const tl::probability_grid none(
      [](double, double) { return std::numeric_limits<double>::quiet_NaN(); }, range, 4);
  CHECK(none.boundary(0.5, x_axis, y_axis).empty());
}
