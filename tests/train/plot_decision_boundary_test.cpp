#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <tapeless/train/plot_decision_boundary.hpp>
#include <vector>

#include "linear_trainer.hpp"
#include "scratch.hpp"

namespace tl = tapeless;
using Catch::Matchers::Contains;

namespace {

const std::vector<tl::labelled_point> points{{-1, 0, 0}, {1, 0.5, 1}, {0, -1, 0}};
double step(double x, double) { return 1 / (1 + std::exp(-4 * x)); }

}  // namespace

TEST_CASE("a boundary is drawn as SVG with points, bar and title", "[train][plot]") {
  scratch_folder folder;
  tl::plot_decision_boundary(folder / "b.svg", "Half & half", step, points,
                             {.class_names = {"left", "right"}, .resolution = 20});
  const std::string text = read_text(folder / "b.svg");
  CHECK_THAT(text, Contains("Half &amp; half") && Contains(">left</text>") &&
                       Contains(">right</text>") && Contains("data:image/png;base64,iVBORw0KGgo") &&
                       Contains(">p = 0.5</text>") && Contains("<path d=\"M"));
  int discs = 0;
  for (auto at = text.find("<circle"); at != text.npos; at = text.find("<circle", at + 1)) ++discs;
  CHECK(discs == 3 + 2);
}

TEST_CASE("a path ending in .png becomes an image", "[train][plot]") {
  scratch_folder folder;
  tl::plot_decision_boundary(folder / "b.png", "", step, points, {.resolution = 50});
  CHECK(read_text(folder / "b.png").starts_with("\x89PNG"));

  const tl::plane_range range{-2, 2, -2, 2};
  const tl::probability_grid grid(step, range, 50);
  const tl::image picture = tl::boundary_image(grid, range, points, 0.5);
  CHECK(picture.width == 640);
  CHECK(picture.at(160, 320) == tl::class_colours[0]);      // (-1, 0)
  CHECK(picture.at(480, 240) == tl::class_colours[1]);      // (1, 0.5)
  CHECK(picture.at(320, 20) == tl::rgb{0x22, 0x22, 0x22});  // the boundary x = 0
  CHECK(picture.at(5, 5).b > picture.at(5, 5).r);
  CHECK(picture.at(634, 5).r > picture.at(634, 5).b);
}

TEST_CASE("points at the rim and beyond do no harm", "[train][plot]") {
  const tl::plane_range range{-1, 1, -1, 1};
  const std::vector<tl::labelled_point> rim{{-1, -1, 0}, {1, 1, 1}, {9, 9, 1}};
  const auto flat = [](double, double) { return std::numeric_limits<double>::quiet_NaN(); };
  const tl::image picture = tl::boundary_image({flat, range, 2}, range, rim, 0.5);
  CHECK(picture.at(0, 639) == tl::class_colours[0]);
  CHECK(picture.at(639, 0) == tl::class_colours[1]);
  CHECK(picture.at(320, 320) == tl::probability_colour(flat(0, 0)));
}

TEST_CASE("a trainer's boundary can be drawn as it is", "[train][plot]") {
  scratch_folder folder;
  fixture::linear_trainer<2, 4, float, true> t;
  t.parameters() = {1, 1, 0};
  CHECK_NOTHROW(tl::plot_decision_boundary(folder / "t.svg", "t", tl::probability_of(t), points,
                                           {.resolution = 10}));
  CHECK(std::filesystem::file_size(folder / "t.svg") > 1000);
}

TEST_CASE("a boundary that cannot be drawn says why", "[train][plot][errors]") {
  CHECK_THROWS_WITH(tl::plot_decision_boundary("x.svg", "t", step, points, {.resolution = 1}),
                    "plot_decision_boundary: resolution is 1, at least 2 is needed");
  CHECK_THROWS_WITH(tl::plot_decision_boundary("/no/such/folder/b.png", "t", step, points),
                    Contains("/no/such/folder/b.png: cannot be opened for writing"));
}
