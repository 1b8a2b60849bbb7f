// How the pictures are drawn.
#include "image/pictures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace image {

namespace {

using colour = std::array<double, 3>;

/// Whether the point (x, y), in units of the size of what is shown, belongs to it.
bool is_inside(int kind, double x, double y) {
  const double r = std::hypot(x, y), angle = std::atan2(y, x);
  const bool in_square = std::abs(x) < 0.85 && std::abs(y) < 0.85;
  const auto wave = [](double v) { return std::sin(v) > 0; };
  // Distance from the middle to the edge of a polygon of n corners in that direction.
  const auto edge = [&](int n) {
    const double sector = 2 * std::numbers::pi / n;
    const double a = angle - sector * std::floor(angle / sector) - sector / 2;
    return std::cos(sector / 2) / std::cos(a);
  };
  switch (kind) {
    case 0:
      return r < 0.85;
    case 1:
      return r < 0.95 && r > 0.5;
    case 2:
      return std::abs(x) < 0.75 && std::abs(y) < 0.75;
    case 3:
      return r < edge(3) * 1.1;
    case 4:
      return in_square && std::min(std::abs(x), std::abs(y)) < 0.26;
    case 5:
      return r < 0.65 + 0.35 * std::cos(5 * angle);
    case 6:
      return in_square && wave(9 * x);
    case 7:
      return in_square && wave(7.4 * x) == wave(7.4 * y);
    case 8:
      return in_square && std::sin(8 * x) * std::sin(8 * y) > 0.35;
    default:
      return in_square && wave(8 * x + 2.2 * std::sin(5 * y));
  }
}

}  // namespace

const std::vector<std::string>& names() {
  static const std::vector<std::string> all{"disc", "ring",    "square", "triangle", "cross",
                                            "star", "stripes", "checks", "dots",     "waves"};
  return all;
}

tl::dataset<float> pictures(tl::mt19937& random, int count) {
  const auto between = [&](double low, double high) { return random.uniform(low, high); };
  const auto any_colour = [&] { return colour{between(-1, 1), between(-1, 1), between(-1, 1)}; };
  tl::dataset<float> data{{}, {}, inputs, 1, names()};
  for (int i = 0; i < count; ++i) {
    const int kind = static_cast<int>(random() % classes);
    const colour left = any_colour(), right = any_colour();
    colour front = any_colour();
    // What is shown is brighter than its background.
    for (std::size_t c = 0; c < 3; ++c)
      front[c] = std::max(left[c], right[c]) + 0.3 + 0.5 * (front[c] + 1);
    const colour bar = any_colour();
    const double size = between(9, 14), x0 = between(12, 20), y0 = between(12, 20);
    const double turn = between(0, 2 * std::numbers::pi), bar_turn = between(0, std::numbers::pi);
    const double bar_at = between(-10, 10), noise = between(0.1, 0.35);
    const std::size_t begin = data.xs.size();
    data.xs.resize(begin + inputs);
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x) {
        const double dx = (x - x0) / size, dy = (y - y0) / size;
        const bool inside = is_inside(kind, dx * std::cos(turn) + dy * std::sin(turn),
                                      dy * std::cos(turn) - dx * std::sin(turn));
        const double across = (x - 16) * std::cos(bar_turn) + (y - 16) * std::sin(bar_turn);
        const bool in_bar = std::abs(across - bar_at) < 1;
        for (std::size_t c = 0; c < 3; ++c) {
          const double back = left[c] + (right[c] - left[c]) * x / side;
          const double v = (in_bar ? bar[c] : inside ? front[c] : back) + noise * between(-1, 1);
          data.xs[begin + c * pixels + static_cast<std::size_t>(y * side + x)] =
              static_cast<float>(v);
        }
      }
    data.ys.push_back(static_cast<float>(kind));
  }
  return data;
}

}  // namespace image
