#pragma once
// The parts every plot has: title, legend, axes with grid and labels.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <tapeless/core/config.hpp>
#include <tapeless/train/axis.hpp>
#include <tapeless/train/svg.hpp>
#include <vector>

namespace tapeless {

/// Sizes of text in pixels.
inline constexpr double title_size = 17, label_size = 14, tick_size = 12.5;

/// An entry of a legend: its name and how to draw its sample, 30 pixels wide from x on around y.
struct legend_entry {
  std::string name;
  std::function<void(svg_drawing&, double x, double y)> sample;
};

/// Places the entries in rows of at most `width` pixels and draws them from (x, y) down, unless
/// `drawing` is null. Returns the height of all rows.
TAPELESS_NATIVE inline double draw_legend(svg_drawing* drawing,
                                          const std::vector<legend_entry>& entries, double x,
                                          double y, double width) {
  constexpr double row = 22, sample = 36, gap = 20;
  if (entries.empty()) return 0;
  double left = 0, top = 0;
  for (const legend_entry& entry : entries) {
    const double needs = sample + text_width(entry.name, 13);
    if (left > 0 && left + needs > width) {
      left = 0;
      top += row;
    }
    if (drawing != nullptr) {
      entry.sample(*drawing, x + left, y + top + row / 2);
      drawing->text(x + left + sample, y + top + row / 2 + 4.5, entry.name, 13, "start");
    }
    left += needs + gap;
  }
  return top + row;
}

/// Ticks of both axes, so that their labels can be measured before anything is drawn.
struct frame_ticks {
  std::vector<axis_tick> x, y;

  /// Width of the widest label of the y axis.
  TAPELESS_NATIVE double y_width() const {
    double widest = 0;
    for (const axis_tick& tick : y) {
      std::string text = tick.label;  // "10<tspan …>-3</tspan>" counts as "10-3"
      for (auto open = text.find('<'); open != std::string::npos; open = text.find('<'))
        text.erase(open, text.find('>', open) - open + 1);
      widest = std::max(widest, text_width(text, tick_size));
    }
    return widest;
  }
};

/// Grid, axis lines, ticks and labels around the area the axes span. Without `grid` only the ticks
/// outside the area are drawn, for areas that are filled.
TAPELESS_NATIVE inline void draw_frame(svg_drawing& drawing, const plot_axis& x, const plot_axis& y,
                                       const frame_ticks& ticks, std::string_view x_label,
                                       std::string_view y_label, bool grid = true) {
  constexpr std::string_view pale = "#e4e4e4", dark = "#555555";
  const double left = x.start, right = x.end, bottom = y.start, top = y.end;
  for (const axis_tick& tick : ticks.x) {
    const double at = x(tick.value), length = tick.label.empty() ? 3 : 6;
    if (grid && !tick.label.empty()) drawing.line(at, top, at, bottom, pale, 1);
    drawing.line(at, bottom, at, bottom + length, dark, 1);
    if (!tick.label.empty()) drawing.text_markup(at, bottom + 21, tick.label, tick_size, "middle");
  }
  for (const axis_tick& tick : ticks.y) {
    const double at = y(tick.value), length = tick.label.empty() ? 3 : 6;
    if (grid && !tick.label.empty()) drawing.line(left, at, right, at, pale, 1);
    drawing.line(left - length, at, left, at, dark, 1);
    if (!tick.label.empty()) drawing.text_markup(left - 10, at + 4.5, tick.label, tick_size, "end");
  }
  drawing.line(left, bottom, right, bottom, dark, 1.2);
  drawing.line(left, top, left, bottom, dark, 1.2);
  if (!grid) {
    drawing.line(left, top, right, top, dark, 1.2);
    drawing.line(right, top, right, bottom, dark, 1.2);
  }
  drawing.text((left + right) / 2, bottom + 44, x_label, label_size, "middle");
  const double middle = (top + bottom) / 2, beside = left - 24 - ticks.y_width();
  drawing.text(beside, middle, y_label, label_size, "middle",
               fmt::format(R"_(transform="rotate(-90 {:.2f} {:.2f})")_", beside, middle));
}

/// A marker of about 7 pixels; its shape repeats after four.
TAPELESS_NATIVE inline void draw_marker(svg_drawing& drawing, double x, double y, std::size_t shape,
                                        const std::string& colour) {
  const std::string style = fmt::format(R"(fill="{}" stroke="#ffffff" stroke-width="0.8")", colour);
  switch (shape % 4) {
    case 0:
      drawing.circle(x, y, 3.8, colour, R"(stroke="#ffffff" stroke-width="0.8")");
      break;
    case 1:
      drawing.path(fmt::format("M{:.2f} {:.2f}h7v7h-7z", x - 3.5, y - 3.5), style);
      break;
    case 2:
      drawing.path(fmt::format("M{:.2f} {:.2f}l4.5 8h-9z", x, y - 5), style);
      break;
    default:
      drawing.path(fmt::format("M{:.2f} {:.2f}l5 5l-5 5l-5-5z", x, y - 5), style);
  }
}

}  // namespace tapeless
