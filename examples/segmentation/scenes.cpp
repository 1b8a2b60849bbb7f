// How the pictures are drawn.
#include "segmentation/scenes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace segmentation {

namespace {

struct point {
  double x, y;
};

/// Whether p is to the left of the way from a to b.
bool is_left(point a, point b, point p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) >= 0;
}

class scene {
 public:
  explicit scene(tl::mt19937& numbers) : random{numbers} {
    const double slope_x = between(-0.4, 0.4), slope_y = between(-0.4, 0.4),
                 middle = between(-0.3, 0.3);
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x)
        grey[index(x, y)] =
            middle + slope_x * (x - side / 2) / side + slope_y * (y - side / 2) / side;
    std::array<int, 4> order{0, 1, 2, 3};
    for (std::size_t i = 3; i > 0; --i) std::swap(order[i], order[random() % (i + 1)]);
    for (const int what : order)
      if (between(0, 1) < 0.6) draw(what);
    for (double& g : grey) g += between(-0.12, 0.12);
  }

  std::array<double, pixels> grey{};
  std::array<float, kinds * pixels> mask{};

 private:
  tl::mt19937& random;

  double between(double low, double high) { return random.uniform(low, high); }
  static std::size_t index(int x, int y) { return static_cast<std::size_t>(y * side + x); }

  /// Paints all pixels inside; what was seen there is hidden.
  template <class Inside>
  void paint(int kind, double shade, Inside inside) {
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x) {
        if (!inside(point{x + 0.5, y + 0.5})) continue;
        grey[index(x, y)] = shade;
        for (int k = 0; k < kinds; ++k)
          mask[static_cast<std::size_t>(k * pixels) + index(x, y)] = k == kind ? 1.0f : 0.0f;
      }
  }

  void draw(int what) {
    const point c{between(6, side - 6), between(6, side - 6)};
    const double r = between(5, 10), turn = between(0, 6.283);
    const double shade = between(0.35, 1) * (between(0, 1) < 0.5 ? -1 : 1);
    const auto around = [&](double angle) {
      return point{c.x + r * std::cos(turn + angle), c.y + r * std::sin(turn + angle)};
    };
    if (what == 0) {
      paint(0, shade, [&](point p) { return std::hypot(p.x - c.x, p.y - c.y) <= r * 0.8; });
    } else if (what == 1) {
      const point a = around(0), b = around(2.094), d = around(4.189);
      paint(1, shade,
            [&](point p) { return is_left(a, b, p) && is_left(b, d, p) && is_left(d, a, p); });
    } else {
      // A rectangle, or a line.
      const double length = what == 2 ? r * 0.8 : 12,
                   width = what == 2 ? between(0.4, 0.9) * r : 0.8;
      paint(-1, shade, [&](point p) {
        const double x = (p.x - c.x) * std::cos(turn) + (p.y - c.y) * std::sin(turn);
        const double y = (p.y - c.y) * std::cos(turn) - (p.x - c.x) * std::sin(turn);
        return std::abs(x) <= length && std::abs(y) <= width;
      });
    }
  }
};

}  // namespace

tl::dataset<float> scenes(tl::mt19937& random, int count) {
  tl::dataset<float> data{{}, {}, pixels, kinds * pixels, {}};
  for (int i = 0; i < count; ++i) {
    const scene s(random);
    for (const double g : s.grey) data.xs.push_back(static_cast<float>(g));
    data.ys.insert(data.ys.end(), s.mask.begin(), s.mask.end());
  }
  return data;
}

}  // namespace segmentation
