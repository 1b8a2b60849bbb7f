#pragma once
// Colours that readers with any colour vision can tell apart.

#include <tapeless/core/config.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tapeless {

struct rgb {
  std::uint8_t r, g, b;
  friend constexpr bool operator==(rgb, rgb) = default;
};

/// `#rrggbb`.
TAPELESS_NATIVE inline std::string hex(rgb c) {
  return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
}

/// The colour `share` of the way from `a` to `b`, share in [0, 1].
TAPELESS_NATIVE constexpr rgb blend(rgb a, rgb b, double share) {
  const auto channel = [share](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(from + (to - from) * share + 0.5);
  };
  return {channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b)};
}

/// Colours for lines on white, in the order they are used.
/// Source: M. Okabe, K. Ito, "Color universal design" (2008), without the yellow, which is too
/// pale.
inline constexpr std::array<rgb, 7> line_colours{{{0x00, 0x72, 0xb2},
                                                  {0xd5, 0x5e, 0x00},
                                                  {0x00, 0x9e, 0x73},
                                                  {0xcc, 0x79, 0xa7},
                                                  {0xe6, 0x9f, 0x00},
                                                  {0x56, 0xb4, 0xe9},
                                                  {0x22, 0x22, 0x22}}};

/// Shade of a probability: blue at 0, nearly white at one half, orange at 1; grey for NaN.
TAPELESS_NATIVE inline rgb probability_colour(double p) {
  constexpr std::array<rgb, 5> stops{{{0x3b, 0x75, 0xb8},
                                      {0xa3, 0xc4, 0xe4},
                                      {0xf8, 0xf7, 0xf4},
                                      {0xfb, 0xc8, 0x8d},
                                      {0xdd, 0x78, 0x1b}}};
  if (std::isnan(p)) return {0xb0, 0xb0, 0xb0};
  const double at = std::clamp(p, 0.0, 1.0) * (stops.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), stops.size() - 2);
  return blend(stops[i], stops[i + 1], at - static_cast<double>(i));
}

/// Colours of the points of the two classes over those shades.
inline constexpr std::array<rgb, 2> class_colours{{{0x0d, 0x3b, 0x6f}, {0x8a, 0x3c, 0x00}}};

}  // namespace tapeless
