#pragma once
// What a classifier of two inputs has learned, as a picture.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/io/dataset.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/train/colour.hpp>
#include <tapeless/train/plane_points.hpp>
#include <tapeless/train/plot_frame.hpp>
#include <tapeless/train/png.hpp>
#include <tapeless/train/probability_grid.hpp>
#include <tapeless/train/trainable.hpp>
#include <vector>

namespace tapeless {

struct boundary_options {
  plane_limits limits = {};  ///< else a little beyond the points
  std::string x_label = "x", y_label = "y";
  std::array<std::string, 2> class_names = {"class 0", "class 1"};
  double threshold = 0.5;  ///< where the boundary is drawn
  int resolution = 200;    ///< probabilities sampled along each side; at least 2
};

/// The picture with axes, legend and colour bar.
TAPELESS_NATIVE inline svg_drawing boundary_drawing(const std::string& title,
                                                    const probability_grid& grid,
                                                    const plane_range& range,
                                                    std::span<const labelled_point> points,
                                                    const boundary_options& options) {
  constexpr double side = 440, top = 74;
  plot_axis x{range.x_low, range.x_high, axis_scale::linear},
      y{range.y_low, range.y_high, axis_scale::linear};
  const frame_ticks ticks{x.ticks(), y.ticks()};
  x.start = 44 + ticks.y_width();
  x.end = x.start + side;
  y.start = top + side;
  y.end = top;
  svg_drawing drawing(x.end + 96, top + side + 62);
  drawing.text(x.start, 30, title, title_size, "start", R"(font-weight="600")");

  const auto disc = [](svg_drawing& d, double px, double py, int label) {
    d.circle(px, py, 4.2, hex(class_colours[label == 1]), R"(stroke="#ffffff" stroke-width="1.2")");
  };
  std::vector<legend_entry> legend;
  for (int label : {0, 1})
    legend.push_back(
        {options.class_names[static_cast<std::size_t>(label)],
         [disc, label](svg_drawing& d, double left, double at) { disc(d, left + 24, at, label); }});
  legend.push_back(
      {fmt::format("p = {:g}", options.threshold), [](svg_drawing& d, double left, double at) {
         d.line(left + 4, at, left + 30, at, "#222222", 1.8);
       }});
  draw_legend(&drawing, legend, x.start - 12, 42, side);

  drawing.raw(fmt::format(R"(<image x="{:.2f}" y="{}" width="{}" height="{}" )"
                          R"(preserveAspectRatio="none" xlink:href="data:image/png;base64,{}"/>)",
                          x.start, top, side, side, base64(encode_png(grid.shades()))));
  drawing.path(grid.boundary(options.threshold, x, y),
               R"(fill="none" stroke="#222222" stroke-width="1.8" stroke-linecap="round")");
  for (const labelled_point& p : points)
    if (x.covers(p.x) && y.covers(p.y)) disc(drawing, x(p.x), y(p.y), p.label);
  draw_frame(drawing, x, y, ticks, options.x_label, options.y_label, false);

  const double bar = x.end + 24;
  for (int i = 0; i < 100; ++i)
    drawing.rect(bar, top + side * i / 100, 16, side / 100 + 0.5,
                 hex(probability_colour(1 - (i + 0.5) / 100)));
  for (int i = 0; i <= 4; ++i) {
    const double at = top + side * (4 - i) / 4;
    drawing.line(bar + 16, at, bar + 21, at, "#555555", 1);
    drawing.text(bar + 25, at + 4.5, fmt::format("{:g}", i / 4.0), tick_size, "start");
  }
  drawing.text(bar + 8, top - 9, "p", label_size, "middle", R"(font-style="italic")");
  return drawing;
}

/// The bare area as pixels: shades, boundary and points, smooth at the edges.
TAPELESS_NATIVE inline image boundary_image(const probability_grid& grid, const plane_range& range,
                                            std::span<const labelled_point> points,
                                            double threshold) {
  constexpr int side = 640;
  constexpr double radius = 5, rim = 1.4;
  image picture(side, side);
  const double scale = static_cast<double>(grid.side()) / side;
  const auto value = [&](double px, double py) {
    return grid.between((px + 0.5) * scale - 0.5, (side - 0.5 - py) * scale - 0.5);
  };
  for (int py = 0; py < side; ++py)
    for (int px = 0; px < side; ++px) {
      const double p = value(px, py);
      const double slope =
          std::hypot(value(px + 1, py) - value(px - 1, py), value(px, py + 1) - value(px, py - 1)) /
          2;
      // Distance to the boundary in pixels, to first order.
      const double near = slope > 0 ? std::abs(p - threshold) / slope : radius;
      const double ink = std::clamp(1.6 - near, 0.0, 1.0);
      picture.at(px, py) = blend(probability_colour(p), {0x22, 0x22, 0x22}, ink);
    }
  const plot_axis x{range.x_low, range.x_high, axis_scale::linear, 0, side},
      y{range.y_low, range.y_high, axis_scale::linear, side, 0};
  for (const labelled_point& point : points) {
    if (!x.covers(point.x) || !y.covers(point.y)) continue;
    const double cx = x(point.x), cy = y(point.y), reach = radius + rim + 1;
    const auto low = [](double v) { return std::max(0, static_cast<int>(v)); };
    const auto high = [](double v) { return std::min(side - 1, static_cast<int>(v)); };
    for (int py = low(cy - reach); py <= high(cy + reach); ++py)
      for (int px = low(cx - reach); px <= high(cx + reach); ++px) {
        const double away = std::hypot(px + 0.5 - cx, py + 0.5 - cy);
        rgb& pixel = picture.at(px, py);
        pixel = blend(pixel, {255, 255, 255}, std::clamp(radius + rim + 0.5 - away, 0.0, 1.0));
        pixel = blend(pixel, class_colours[point.label == 1],
                      std::clamp(radius + 0.5 - away, 0.0, 1.0));
      }
  }
  return picture;
}

/// Draws the probability that `predict(x, y)` gives to class 1 over the plane, the boundary where
/// it crosses the threshold, and the points over both. A path that ends in .png becomes the bare
/// area in 640 x 640 pixels, any other an SVG picture with axes, legend and colour bar.
///
///     tl::plot_decision_boundary("circle.svg", "After 100 epochs", tl::probability_of(trainer),
///                                tl::points_of(data));
///
/// Errors: train_error for an empty range, points that are not finite or a resolution below 2;
/// file_error if the file cannot be written.
template <std::invocable<double, double> Predict>
TAPELESS_NATIVE void plot_decision_boundary(const std::filesystem::path& path,
                                            const std::string& title, Predict&& predict,
                                            const std::vector<labelled_point>& points,
                                            const boundary_options& options = {}) {
  if (options.resolution < 2)
    throw train_error(fmt::format("plot_decision_boundary: resolution is {}, at least 2 is needed",
                                  options.resolution));
  const plane_range range = range_around(points, options.limits);
  const probability_grid grid(predict, range, options.resolution);
  if (path.extension() == ".png") {
    write_file(path, encode_png(boundary_image(grid, range, points, options.threshold)));
  } else {
    boundary_drawing(title, grid, range, points, options).save(path);
  }
}

}  // namespace tapeless
