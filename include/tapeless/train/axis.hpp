#pragma once
// Plot axes: ranges, scales, and ticks at round numbers.

#include <tapeless/core/config.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace tapeless {

enum class axis_scale { linear, log10, log2 };

/// A mark on an axis; `label` is SVG text markup, empty for a minor tick.
struct axis_tick {
  double value;
  std::string label;
};

/// Maps values between `low` and `high` to pixels between `start` and `end`.
struct plot_axis {
  double low, high;
  axis_scale scale;
  double start = 0, end = 1;

  TAPELESS_NATIVE bool logarithmic() const { return scale != axis_scale::linear; }

  /// Whether a value has a place on this kind of axis at all.
  TAPELESS_NATIVE bool shows(double v) const {
    return std::isfinite(v) && (!logarithmic() || v > 0);
  }

  /// Whether a value lies in the range.
  TAPELESS_NATIVE bool covers(double v) const { return v >= low && v <= high; }

  TAPELESS_NATIVE double operator()(double v) const {
    const double share =
        logarithmic() ? std::log(v / low) / std::log(high / low) : (v - low) / (high - low);
    return start + share * (end - start);
  }

  /// An axis around `values`, with a little air at both ends; a single value gets room around it.
  /// Precondition: there are values, and this kind of axis shows all of them.
  TAPELESS_NATIVE static plot_axis around(const std::vector<double>& values, axis_scale scale) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    plot_axis axis{*low, *high, scale};
    if (axis.logarithmic()) {
      const double air = axis.low == axis.high ? 2 : std::pow(axis.high / axis.low, 0.03);
      axis.low /= air;
      axis.high *= air;
    } else {
      const double middle = std::abs(axis.low) > 0 ? std::abs(axis.low) * 0.5 : 1;
      const double air = axis.low == axis.high ? middle : (axis.high - axis.low) * 0.03;
      axis.low -= air;
      axis.high += air;
    }
    return axis;
  }

  /// Ticks inside the range; `whole` keeps a linear axis to whole numbers.
  TAPELESS_NATIVE std::vector<axis_tick> ticks(bool whole = false) const {
    if (scale == axis_scale::log2 && high / low > 4) return log2_ticks();
    if (scale == axis_scale::log10 && high / low > 10) return log10_ticks();
    return linear_ticks(whole);  // too short a range for powers alone
  }

 private:
  TAPELESS_NATIVE static std::string number(double v, int decimals) {
    const double size = std::abs(v);
    if (v == 0 || (size >= 1e-4 && size < 1e6)) return minus(fmt::format("{:.{}f}", v, decimals));
    std::string text = fmt::format("{:.6g}", v);
    if (const auto plus = text.find("e+0"); plus != text.npos) text.erase(plus + 1, 2);
    if (const auto plus = text.find("e-0"); plus != text.npos) text.erase(plus + 2, 1);
    if (const auto plus = text.find("e+"); plus != text.npos) text.erase(plus + 1, 1);
    return minus(text);
  }

  // A typographic minus is as wide as the plus it stands against.
  TAPELESS_NATIVE static std::string minus(const std::string& text) {
    return text.starts_with('-') ? "\u2212" + text.substr(1) : text;
  }

  TAPELESS_NATIVE static std::string power(int base, int exponent) {
    const std::string raised = minus(std::to_string(exponent));
    return fmt::format(R"({}<tspan dy="-5" font-size="75%">{}</tspan>)", base, raised);
  }

  TAPELESS_NATIVE std::vector<axis_tick> linear_ticks(bool whole) const {
    const double rough = std::max((high - low) / 8, whole ? 1.0 : 0.0);
    const double decade = std::pow(10, std::floor(std::log10(rough)));
    double step = decade * 10;
    for (double factor : {5.0, 2.5, 2.0, 1.0}) {
      const double candidate = factor * decade;
      if (candidate >= rough * 0.999 && !(whole && candidate != std::floor(candidate)))
        step = candidate;
    }
    int decimals = 0;
    while (decimals < 12 && std::abs(step * std::pow(10, decimals) -
                                     std::round(step * std::pow(10, decimals))) > 1e-6)
      ++decimals;
    std::vector<axis_tick> result;
    // The count is bounded for ranges so narrow that i + 1 == i.
    double i = std::ceil(low / step - 1e-9);
    for (; i * step <= high + step * 1e-9 && result.size() < 20; ++i)
      result.push_back({i * step, number(i == 0 ? 0.0 : i * step, decimals)});
    return result;
  }

  TAPELESS_NATIVE std::vector<axis_tick> log10_ticks() const {
    const int first = static_cast<int>(std::floor(std::log10(low))),
              last = static_cast<int>(std::ceil(std::log10(high)));
    const int stride = 1 + (last - first) / 10;
    const bool fine = high / low < 60;  // so few decades that 2 and 5 need a label too
    std::vector<axis_tick> result;
    for (int e = first; e <= last; ++e) {
      const double decade = std::pow(10, e);
      if (covers(decade))
        result.push_back({decade, e % stride != 0   ? ""
                                  : e < -3 || e > 4 ? power(10, e)
                                                    : number(decade, std::max(0, -e))});
      for (int m = 2; m < 10 && stride == 1; ++m)
        if (covers(m * decade))
          result.push_back({m * decade, fine && (m == 2 || m == 5)
                                            ? number(m * decade, std::max(0, -e))
                                            : std::string()});
    }
    return result;
  }

  TAPELESS_NATIVE std::vector<axis_tick> log2_ticks() const {
    const int first = static_cast<int>(std::floor(std::log2(low))),
              last = static_cast<int>(std::ceil(std::log2(high)));
    const int stride = 1 + (last - first) / 12;
    std::vector<axis_tick> result;
    for (int e = first; e <= last; ++e)
      if (const double v = std::exp2(e); covers(v))
        result.push_back({v, e % stride != 0 ? "" : e < 0 || e > 14 ? power(2, e) : number(v, 0)});
    return result;
  }
};

}  // namespace tapeless
