#include <catch2/catch.hpp>
#include <string>
#include <tapeless/train/plot_frame.hpp>

namespace tl = tapeless;
using Catch::Matchers::Contains;

TEST_CASE("a legend breaks into rows when it gets too wide", "[train][plot]") {
  int drawn = 0;
  const auto sample = [&](tl::svg_drawing&, double, double) { ++drawn; };
  const std::vector<tl::legend_entry> entries(3, {"a name of some length", sample});
  CHECK(tl::draw_legend(nullptr, {}, 0, 0, 100) == 0);
  const double one = tl::draw_legend(nullptr, entries, 0, 0, 10000);
  CHECK(tl::draw_legend(nullptr, entries, 0, 0, 10) == 3 * one);
  CHECK(drawn == 0);
  tl::svg_drawing d(100, 100);
  tl::draw_legend(&d, entries, 0, 0, 10);
  CHECK(drawn == 3);
}

TEST_CASE("markup does not count as width of a label", "[train][plot]") {
  tl::frame_ticks plain{{}, {{1, "105"}}}, marked{{}, {{1, "10<tspan dy=\"-5\">5</tspan>"}}};
  CHECK(plain.y_width() == marked.y_width());
  CHECK(tl::frame_ticks{}.y_width() == 0);
}

TEST_CASE("a frame carries labels and ticks", "[train][plot]") {
  const tl::plot_axis x{0, 1, tl::axis_scale::linear, 50, 250},
      y{0, 1, tl::axis_scale::linear, 200, 20};
  tl::svg_drawing d(300, 260);
  tl::draw_frame(d, x, y, {x.ticks(), y.ticks()}, "time & tide", "loss");
  CHECK_THAT(d.str(), Contains(">time &amp; tide</text>") && Contains(">loss</text>") &&
                          Contains(">0.4</text>") && Contains("rotate(-90"));
}
