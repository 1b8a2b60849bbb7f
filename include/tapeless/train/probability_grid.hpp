#pragma once
// A function of the plane sampled on a grid: its shades and its boundary.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/train/axis.hpp>
#include <tapeless/train/colour.hpp>
#include <tapeless/train/png.hpp>
#include <vector>

namespace tapeless {

/// A rectangle of the plane.
struct plane_range {
  double x_low, x_high, y_low, y_high;
};

/// Values of a function at the centres of side x side cells of a rectangle, row by row from the
/// lowest y.
class probability_grid {
 public:
  template <class Predict>
  TAPELESS_NATIVE probability_grid(Predict&& predict, const plane_range& range, int side)
      : range_(range), side_(side) {
    values_.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
    for (int row = 0; row < side; ++row)
      for (int column = 0; column < side; ++column)
        values_.push_back(static_cast<double>(predict(x(column), y(row))));
  }

  TAPELESS_NATIVE int side() const { return side_; }
  TAPELESS_NATIVE double at(int column, int row) const {
    return values_[static_cast<std::size_t>(row) * static_cast<std::size_t>(side_) +
                   static_cast<std::size_t>(column)];
  }

  /// Coordinates of cell centres; fractions of a cell are allowed.
  TAPELESS_NATIVE double x(double column) const {
    return range_.x_low + (column + 0.5) / side_ * (range_.x_high - range_.x_low);
  }
  TAPELESS_NATIVE double y(double row) const {
    return range_.y_low + (row + 0.5) / side_ * (range_.y_high - range_.y_low);
  }

  /// Value between cell centres, bilinear; outside the outermost centres that of the nearest.
  TAPELESS_NATIVE double between(double column, double row) const {
    const double last = side_ - 1;
    const double c = std::clamp(column, 0.0, last), r = std::clamp(row, 0.0, last);
    const int i = std::min(static_cast<int>(c), std::max(side_ - 2, 0)),
              j = std::min(static_cast<int>(r), std::max(side_ - 2, 0));
    const int i1 = std::min(i + 1, side_ - 1), j1 = std::min(j + 1, side_ - 1);
    const double u = c - i, v = r - j;
    return (1 - v) * ((1 - u) * at(i, j) + u * at(i1, j)) +
           v * ((1 - u) * at(i, j1) + u * at(i1, j1));
  }

  /// The shades as an image of side x side pixels, highest y on top.
  TAPELESS_NATIVE image shades() const {
    image picture(side_, side_);
    for (int row = 0; row < side_; ++row)
      for (int column = 0; column < side_; ++column)
        picture.at(column, side_ - 1 - row) = probability_colour(at(column, row));
    return picture;
  }

  /// The line where the value crosses `level`, as SVG path data in the pixels of the axes: one
  /// segment per crossed cell (marching squares; W. Lorensen, H. Cline, 1987, in the plane).
  TAPELESS_NATIVE std::string boundary(double level, const plot_axis& to_x,
                                       const plot_axis& to_y) const {
    std::string data;
    for (int row = 0; row + 1 < side_; ++row)
      for (int column = 0; column + 1 < side_; ++column) {
        // Corners in turn around the cell; an edge whose ends differ in sign is crossed.
        const std::array<std::array<int, 2>, 4> corner{
            {{column, row}, {column + 1, row}, {column + 1, row + 1}, {column, row + 1}}};
        std::array<std::array<double, 2>, 4> crossing{};
        std::size_t found = 0;
        for (std::size_t k = 0; k < 4; ++k) {
          const auto [c0, r0] = corner[k];
          const auto [c1, r1] = corner[(k + 1) % 4];
          const double from = at(c0, r0) - level, to = at(c1, r1) - level;
          if (!std::isfinite(from) || !std::isfinite(to) || (from > 0) == (to > 0)) continue;
          const double share = from / (from - to);
          crossing[found++] = {c0 + share * (c1 - c0), r0 + share * (r1 - r0)};
        }
        for (std::size_t k = 0; k + 1 < found; k += 2)
          data += fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", to_x(x(crossing[k][0])),
                              to_y(y(crossing[k][1])), to_x(x(crossing[k + 1][0])),
                              to_y(y(crossing[k + 1][1])));
      }
    return data;
  }

 private:
  plane_range range_;
  int side_;
  std::vector<double> values_;
};

}  // namespace tapeless
