#pragma once
// Samples in the plane and the function a classifier makes of it.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <tapeless/core/config.hpp>
#include <tapeless/io/dataset.hpp>
#include <tapeless/train/probability_grid.hpp>
#include <tapeless/train/trainable.hpp>
#include <vector>

namespace tapeless {

/// A sample in the plane and its class, 0 or 1.
struct labelled_point {
  double x, y;
  int label;
};

/// The rows of a data set with two inputs and one target as points. Throws train_error for another
/// shape.
template <class T>
TAPELESS_NATIVE std::vector<labelled_point> points_of(const dataset<T>& data) {
  if (data.inputs != 2 || data.targets != 1)
    throw train_error(fmt::format(
        "points_of: the data set has {} inputs and {} targets a row, 2 and 1 are needed",
        data.inputs, data.targets));
  std::vector<labelled_point> points;
  for (std::size_t i = 0; i < data.size(); ++i)
    points.push_back({static_cast<double>(data.row(i)[0]), static_cast<double>(data.row(i)[1]),
                      data.target(i)[0] > T(0.5) ? 1 : 0});
  return points;
}

/// A trainer of two inputs and one output as the function that plot_decision_boundary takes. If the
/// output is a logit, put a sigmoid around it. The trainer must outlive the function.
template <trainable Trainer>
auto probability_of(const Trainer& trainer) {
  static_assert(Trainer::input_size == 2 && Trainer::output_size == 1,
                "a decision boundary needs a network of two inputs and one output");
  using T = typename Trainer::scalar;
  return [&trainer](double x, double y) {
    const std::array<T, 2> row{static_cast<T>(x), static_cast<T>(y)};
    T output{};
    trainer.predict(row.data(), &output, 1);
    return static_cast<double>(output);
  };
}

/// Where a picture of the plane ends; what is left out follows from the points.
struct plane_limits {
  std::optional<double> x_low = {}, x_high = {}, y_low = {}, y_high = {};
};

/// The part of the plane to draw: around the points, or within the limits given.
TAPELESS_NATIVE inline plane_range range_around(std::span<const labelled_point> points,
                                                const plane_limits& limits) {
  plane_range r{-1, 1, -1, 1};
  for (const labelled_point& p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y))
      throw train_error(
          fmt::format("plot_decision_boundary: point ({}, {}) is not finite", p.x, p.y));
  }
  if (!points.empty()) {
    const auto side = [&](double labelled_point::*value, double& low, double& high) {
      const auto [a, b] = std::minmax_element(
          points.begin(), points.end(),
          [value](const auto& p, const auto& q) { return p.*value < q.*value; });
      const double air = *a.*value < *b.*value ? 0.08 * (*b.*value - *a.*value) : 1.0;
      low = *a.*value - air;
      high = *b.*value + air;
    };
    side(&labelled_point::x, r.x_low, r.x_high);
    side(&labelled_point::y, r.y_low, r.y_high);
  }
  r = {limits.x_low.value_or(r.x_low), limits.x_high.value_or(r.x_high),
       limits.y_low.value_or(r.y_low), limits.y_high.value_or(r.y_high)};
  if (!(r.x_low < r.x_high) || !(r.y_low < r.y_high))
    throw train_error(
        fmt::format("plot_decision_boundary: the range x {} to {}, y {} to {} is empty", r.x_low,
                    r.x_high, r.y_low, r.y_high));
  return r;
}

}  // namespace tapeless
