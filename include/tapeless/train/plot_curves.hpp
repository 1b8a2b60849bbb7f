#pragma once
// Curves as an SVG picture: training histories, scaling, anything over one axis.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <numeric>
#include <optional>
#include <string>
#include <tapeless/core/config.hpp>
#include <tapeless/train/history.hpp>
#include <tapeless/train/plot_frame.hpp>
#include <tapeless/train/trainable.hpp>
#include <utility>
#include <vector>

namespace tapeless {

/// One curve. Points are joined in order; a value that the axes cannot show (NaN, infinity, zero on
/// a logarithmic axis) leaves a gap. An empty `x` stands for 1, 2, 3 …
struct plot_series {
  std::string name;
  std::vector<double> x;
  std::vector<double> y;
  bool dashed = false;
};

struct curve_options {
  std::string x_label = "", y_label = "";
  axis_scale x_scale = axis_scale::linear, y_scale = axis_scale::linear;
  std::optional<double> y_low = {}, y_high = {};  ///< else as the values need
  std::optional<bool> markers = {};               ///< else on curves of at most 30 points
  int width = 720, height = 440;                  ///< pixels
};

/// Fills in left-out x values; throws train_error for curves that cannot be drawn.
TAPELESS_NATIVE inline void require_drawable(std::vector<plot_series>& series,
                                             const std::string& title) {
  for (plot_series& s : series) {
    if (s.x.empty()) {
      s.x.resize(s.y.size());
      std::iota(s.x.begin(), s.x.end(), 1.0);
    }
    if (s.x.size() != s.y.size())
      throw train_error(fmt::format("plot_curves: '{}' in '{}' has {} x values and {} y values",
                                    s.name, title, s.x.size(), s.y.size()));
  }
}

/// Path data of a curve, with a new start after every gap.
TAPELESS_NATIVE inline std::string curve_path(const plot_series& s, const plot_axis& x,
                                              const plot_axis& y) {
  std::string data;
  bool drawing = false;
  for (std::size_t i = 0; i < s.x.size(); ++i) {
    const bool shown = x.shows(s.x[i]) && y.shows(s.y[i]);
    if (shown) data += fmt::format("{}{:.2f} {:.2f}", drawing ? 'L' : 'M', x(s.x[i]), y(s.y[i]));
    drawing = shown;
  }
  return data;
}

/// Draws the curves with axes, grid, legend and title, and writes the SVG file whole or not at all.
///
///     tl::plot_curves("scaling.svg", "Speed over threads",
///                     {{"measured", threads, speed}, {"ideal", threads, threads, true}},
///                     {.x_label = "threads", .x_scale = tl::axis_scale::log2});
///
/// Errors: train_error if there is nothing to draw or a curve's x and y differ in number,
/// file_error if the file cannot be written.
TAPELESS_NATIVE inline void plot_curves(const std::filesystem::path& path, const std::string& title,
                                        std::vector<plot_series> series,
                                        const curve_options& options = {}) {
  require_drawable(series, title);
  std::vector<double> xs, ys;
  bool whole = options.x_scale == axis_scale::linear;
  plot_axis x{0, 1, options.x_scale}, y{0, 1, options.y_scale};
  for (const plot_series& s : series)
    for (std::size_t i = 0; i < s.x.size(); ++i) {
      if (!x.shows(s.x[i]) || !y.shows(s.y[i])) continue;
      xs.push_back(s.x[i]);
      ys.push_back(s.y[i]);
      whole = whole && s.x[i] == std::floor(s.x[i]);
    }
  if (xs.empty())
    throw train_error(fmt::format("plot_curves: '{}' has no point that can be shown", title));
  x = plot_axis::around(xs, options.x_scale);
  y = plot_axis::around(ys, options.y_scale);
  if (options.y_low) y.low = *options.y_low;
  if (options.y_high) y.high = *options.y_high;
  if (!y.shows(y.low) || !(y.low < y.high))
    throw train_error(
        fmt::format("plot_curves: '{}' cannot have a y axis from {} to {}", title, y.low, y.high));

  std::vector<legend_entry> legend;
  const auto colour = [](std::size_t i) { return hex(line_colours[i % line_colours.size()]); };
  const auto style = [&](std::size_t i) {
    const bool dashed = series[i].dashed || i >= line_colours.size();
    return fmt::format(R"(fill="none" stroke="{}" stroke-width="2.2" stroke-linejoin="round" )"
                       R"(stroke-linecap="round" {})",
                       colour(i), dashed ? R"(stroke-dasharray="7 6")" : "");
  };
  const auto marked = [&](std::size_t i) {
    return options.markers.value_or(series[i].x.size() <= 30 && !series[i].dashed);
  };
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i].name.empty()) continue;
    legend.push_back({series[i].name, [&, i](svg_drawing& d, double left, double at) {
                        d.path(fmt::format("M{:.2f} {:.2f}h28", left, at), style(i));
                        if (marked(i)) draw_marker(d, left + 14, at, i, colour(i));
                      }});
  }

  const frame_ticks ticks{x.ticks(whole), y.ticks()};
  svg_drawing drawing(options.width, options.height);
  x.start = 44 + ticks.y_width();
  x.end = options.width - 24;
  y.start = options.height - 62;
  drawing.text(x.start, 30, title, title_size, "start", R"(font-weight="600")");
  y.end = 46 + draw_legend(&drawing, legend, x.start, 38, x.end - x.start);
  draw_frame(drawing, x, y, ticks, options.x_label, options.y_label);

  drawing.raw(fmt::format(R"(<clipPath id="area"><rect x="{:.2f}" y="{:.2f}" width="{:.2f}" )"
                          R"_(height="{:.2f}"/></clipPath><g clip-path="url(#area)">)_",
                          x.start - 6, y.end - 6, x.end - x.start + 12, y.start - y.end + 12));
  for (std::size_t i = 0; i < series.size(); ++i) {
    drawing.path(curve_path(series[i], x, y), style(i));
    for (std::size_t j = 0; marked(i) && j < series[i].x.size(); ++j)
      if (x.shows(series[i].x[j]) && y.shows(series[i].y[j]))
        draw_marker(drawing, x(series[i].x[j]), y(series[i].y[j]), i, colour(i));
  }
  drawing.raw("</g>");
  drawing.save(path);
}

/// The losses of a run over its epochs.
TAPELESS_NATIVE inline void plot_history(const std::filesystem::path& path,
                                         const std::string& title, const history& run,
                                         curve_options options = {}) {
  const auto epochs = run.column(&epoch_record::epoch);
  std::vector<plot_series> series{{"training", epochs, run.column(&epoch_record::train_loss)}};
  const auto validation = run.column(&epoch_record::validation_loss);
  if (std::any_of(validation.begin(), validation.end(), [](double v) { return !std::isnan(v); }))
    series.push_back({"validation", epochs, validation});
  if (options.x_label.empty()) options.x_label = "epoch";
  if (options.y_label.empty()) options.y_label = "loss";
  plot_curves(path, title, std::move(series), options);
}

}  // namespace tapeless
