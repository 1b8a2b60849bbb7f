#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <tapeless/train/axis.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

std::vector<std::string> labels(const tl::plot_axis& axis, bool whole = false) {
  std::vector<std::string> result;
  for (const auto& tick : axis.ticks(whole))
    if (!tick.label.empty()) result.push_back(tick.label);
  return result;
}

using texts = std::vector<std::string>;
constexpr auto linear = tl::axis_scale::linear;
constexpr auto log10_scale = tl::axis_scale::log10;
constexpr auto log2_scale = tl::axis_scale::log2;

}  // namespace

TEST_CASE("an axis maps its ends to the ends of its pixels", "[train][axis]") {
  const tl::plot_axis straight{-1, 3, linear, 100, 500}, log{1, 1000, log10_scale, 0, 300};
  CHECK(straight(-1) == Approx(100));
  CHECK(straight(3) == Approx(500));
  CHECK(straight(0) == Approx(200));
  CHECK(log(10) == Approx(100));
  CHECK(log(1000) == Approx(300));
  CHECK(log.shows(1e-300));
  CHECK_FALSE(log.shows(0));
  CHECK_FALSE(straight.shows(std::numeric_limits<double>::quiet_NaN()));
  CHECK_FALSE(straight.shows(std::numeric_limits<double>::infinity()));
}

TEST_CASE("linear ticks are round numbers", "[train][axis]") {
  CHECK(labels({0, 1, linear}) == texts{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"});
  CHECK(labels({-1.1, 1.1, linear}) == texts{"\u22121.0", "\u22120.5", "0.0", "0.5", "1.0"});
  CHECK(labels({0, 40, linear}, true) == texts{"0", "5", "10", "15", "20", "25", "30", "35", "40"});
  CHECK(labels({0, 7e6, linear}).at(3) == "3e6");
}

TEST_CASE("whole ticks stay whole", "[train][axis]") {
  CHECK(labels({0.9, 3.1, linear}, true) == texts{"1", "2", "3"});
  CHECK(labels({0.5, 20.5, linear}, true) == texts{"5", "10", "15", "20"});
}

TEST_CASE("decades are labelled as numbers or powers", "[train][axis]") {
  CHECK(labels({0.5, 2000, log10_scale}) == texts{"1", "10", "100", "1000"});
  CHECK(labels({0.02, 0.9, log10_scale}) == texts{"0.02", "0.05", "0.1", "0.2", "0.5"});
  CHECK(labels({1e-8, 1e-4, log10_scale}).at(0) ==
        "10<tspan dy=\"-5\" font-size=\"75%\">\u22128</tspan>");
  CHECK(labels({1e-40, 1e40, log10_scale}).size() < 12);
  CHECK(labels({2, 3, log10_scale}).size() > 4);
}

TEST_CASE("powers of two are labelled as such", "[train][axis]") {
  CHECK(labels({0.9, 35, log2_scale}) == texts{"1", "2", "4", "8", "16", "32"});
  CHECK(labels({1, 1e6, log2_scale}).size() < 14);
}

TEST_CASE("an axis around values leaves a little air", "[train][axis]") {
  const auto axis = tl::plot_axis::around({2, 12, 7}, linear);
  CHECK(axis.low == Approx(1.7));
  CHECK(axis.high == Approx(12.3));
  const auto single = tl::plot_axis::around({4}, linear);
  CHECK(single.low < 4);
  CHECK(single.high > 4);
  const auto zero = tl::plot_axis::around({0, 0}, linear);
  CHECK(zero.low < zero.high);
  const auto log = tl::plot_axis::around({4}, log10_scale);
  CHECK(log.low == 2);
  CHECK(log.high == 8);
}

TEST_CASE("ticks of extreme ranges end", "[train][axis]") {
  const double next = std::nextafter(1.0, 2.0), large = 1e300;
  CHECK(labels({1, next, linear}).size() <= 20);
  CHECK(labels({-large, large, linear}).size() <= 20);
  CHECK(labels({-1.7e308, 1.7e308, linear}).size() <= 20);
}
