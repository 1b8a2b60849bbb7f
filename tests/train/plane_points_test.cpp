#include <catch2/catch.hpp>
#include <limits>
#include <tapeless/train/plane_points.hpp>
#include <vector>

#include "linear_trainer.hpp"

namespace tl = tapeless;

TEST_CASE("rows of a data set become points", "[train][plot]") {
  tl::dataset<float> data;
  data.inputs = 2;
  data.targets = 1;
  data.xs = {1, 2, 3, 4};
  data.ys = {0, 1};
  const auto points = tl::points_of(data);
  REQUIRE(points.size() == 2);
  CHECK(points[1].x == 3);
  CHECK(points[1].y == 4);
  CHECK(points[0].label == 0);
  CHECK(points[1].label == 1);
  data.inputs = 4;
  CHECK_THROWS_WITH(tl::points_of(data),
                    "points_of: the data set has 4 inputs and 1 targets a row, 2 and 1 are needed");
}

TEST_CASE("a trainer becomes a function of the plane", "[train][plot]") {
  fixture::linear_trainer<2, 4> t;
  t.parameters() = {2, -1, 0.5};
  CHECK(tl::probability_of(t)(3, 4) == Approx(2.5));
}

TEST_CASE("the range is a little beyond the points or as asked", "[train][plot]") {
  const std::vector<tl::labelled_point> points{{0, 5, 0}, {10, 5, 1}};
  const auto r = tl::range_around(points, {.x_high = 20});
  CHECK(r.x_low == Approx(-0.8));
  CHECK(r.x_high == 20);
  CHECK(r.y_low == 4);
  CHECK(r.y_high == 6);
  CHECK(tl::range_around({}, {}).x_high == 1);
}

TEST_CASE("an impossible range is refused", "[train][plot][errors]") {
  CHECK_THROWS_WITH(tl::range_around({}, {.x_low = 3}),
                    "plot_decision_boundary: the range x 3 to 1, y -1 to 1 is empty");
  const std::vector<tl::labelled_point> points{{std::numeric_limits<double>::infinity(), 0, 0}};
  CHECK_THROWS_WITH(tl::range_around(points, {}),
                    "plot_decision_boundary: point (inf, 0) is not finite");
}
