#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <tapeless/train/plot_curves.hpp>
#include <vector>

#include "scratch.hpp"

namespace tl = tapeless;
using Catch::Matchers::Contains;

namespace {

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("curves come with title, legend and labels", "[train][plot]") {
  scratch_folder folder;
  tl::plot_curves(folder / "c.svg", "A <title>",
                  {{"one", {1, 2, 3}, {4, 5, 6}}, {"two", {}, {1, 2}}},
                  {.x_label = "epoch", .y_label = "loss"});
  const std::string text = read_text(folder / "c.svg");
  CHECK_THAT(text, Contains("A &lt;title&gt;") && Contains(">one</text>") &&
                       Contains(">two</text>") && Contains(">epoch</text>") &&
                       Contains(">loss</text>") && Contains("#0072b2") && Contains("#d55e00"));
  CHECK(count(text, "<circle") == 4);  // three points and one in the legend
}

TEST_CASE("a value that cannot be shown leaves a gap", "[train][plot]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const tl::plot_series s{"", {1, 2, 3, 4, 5, 6}, {1, 2, nan, 3, 0, 4}};
  const tl::plot_axis x{1, 6, tl::axis_scale::linear, 0, 50},
      straight{0, 4, tl::axis_scale::linear, 40, 0}, log{1, 10, tl::axis_scale::log10, 40, 0};
  CHECK(tl::curve_path(s, x, straight) ==
        "M0.00 30.00L10.00 20.00M30.00 10.00L40.00 40.00L50.00 0.00");
  CHECK(count(tl::curve_path(s, x, log), "M") == 3);
}

TEST_CASE("markers can be forced and dashes asked for", "[train][plot]") {
  scratch_folder folder;
  const std::vector<double> many(100, 1.0);
  tl::plot_curves(folder / "a", "t", {{"", {}, many}});
  CHECK(count(read_text(folder / "a"), "<circle") == 0);
  tl::plot_curves(folder / "b", "t", {{"", {}, many, true}}, {.markers = true});
  CHECK(count(read_text(folder / "b"), "<circle") == 100);
  CHECK(count(read_text(folder / "b"), "stroke-dasharray") == 1);
}

TEST_CASE("a history is drawn with validation where there is one", "[train][plot]") {
  scratch_folder folder;
  tl::history h;
  for (int i = 1; i <= 4; ++i) {
    tl::epoch_record r;
    r.epoch = i;
    r.train_loss = 1.0 / i;
    r.validation_loss = std::numeric_limits<double>::quiet_NaN();
    h.epochs.push_back(r);
  }
  tl::plot_history(folder / "h.svg", "run", h);
  CHECK_THAT(read_text(folder / "h.svg"), Contains(">training<") && !Contains(">validation<"));
  h.epochs[2].validation_loss = 0.5;
  tl::plot_history(folder / "h.svg", "run", h, {.y_scale = tl::axis_scale::log10});
  CHECK_THAT(read_text(folder / "h.svg"), Contains(">validation<") && Contains(">epoch<"));
}

TEST_CASE("curves that cannot be drawn say why", "[train][plot][errors]") {
  scratch_folder folder;
  const auto file = folder / "c.svg";
  CHECK_THROWS_WITH(tl::plot_curves(file, "none", {}),
                    "plot_curves: 'none' has no point that can be shown");
  CHECK_THROWS_WITH(
      tl::plot_curves(file, "zeros", {{"z", {}, {0, 0}}}, {.y_scale = tl::axis_scale::log10}),
      "plot_curves: 'zeros' has no point that can be shown");
  CHECK_THROWS_WITH(tl::plot_curves(file, "odd", {{"a", {1, 2}, {1}}}),
                    "plot_curves: 'a' in 'odd' has 2 x values and 1 y values");
  CHECK_THROWS_WITH(tl::plot_curves(file, "r", {{"a", {}, {1, 2}}}, {.y_low = 5, .y_high = 4}),
                    "plot_curves: 'r' cannot have a y axis from 5 to 4");
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK_THROWS_WITH(tl::plot_curves("/no/such/folder/c.svg", "t", {{"a", {}, {1, 2}}}),
                    Contains("/no/such/folder/c.svg: cannot be opened for writing"));
}
