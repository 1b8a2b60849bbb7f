#pragma once
// A drawing as SVG text.

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <tapeless/core/config.hpp>
#include <tapeless/io/file.hpp>
#include <tapeless/train/colour.hpp>

namespace tapeless {

/// Text made safe inside SVG: markup characters escaped, control characters dropped.
TAPELESS_NATIVE inline std::string xml_text(std::string_view text) {
  std::string result;
  for (char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) result += c;
    }
  }
  return result;
}

/// Width in pixels that `text` takes at `size` pixels, estimated for the sans-serif fonts named in
/// svg_drawing: layouts need it, and an SVG file cannot ask.
TAPELESS_NATIVE inline double text_width(std::string_view text, double size) {
  double letters = 0;
  for (char c : text) {
    if ((static_cast<unsigned>(c) & 0xC0u) == 0x80u) continue;  // inside a UTF-8 character
    letters +=
        std::string_view("iljtfr.,:;|!'()[] ").find(c) != std::string_view::npos ? 0.38 : 0.62;
  }
  return letters * size;
}

/// Collects shapes, in pixels from the top left, and writes them as one file.
class svg_drawing {
 public:
  TAPELESS_NATIVE svg_drawing(double width, double height) : width_(width), height_(height) {
    rect(0, 0, width, height, "#ffffff");
  }

  TAPELESS_NATIVE void rect(double x, double y, double w, double h, std::string_view fill,
                            std::string_view more = "") {
    add(R"(<rect x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}" fill="{}" {}/>)", x, y, w, h,
        fill, more);
  }

  TAPELESS_NATIVE void line(double x1, double y1, double x2, double y2, std::string_view stroke,
                            double thickness, std::string_view more = "") {
    add(R"(<line x1="{:.2f}" y1="{:.2f}" x2="{:.2f}" y2="{:.2f}" stroke="{}" )"
        R"(stroke-width="{}" {}/>)",
        x1, y1, x2, y2, stroke, thickness, more);
  }

  TAPELESS_NATIVE void circle(double x, double y, double radius, std::string_view fill,
                              std::string_view more = "") {
    add(R"(<circle cx="{:.2f}" cy="{:.2f}" r="{}" fill="{}" {}/>)", x, y, radius, fill, more);
  }

  /// `data` in the path language of SVG: "M10 20L30 40".
  TAPELESS_NATIVE void path(std::string_view data, std::string_view style) {
    add(R"(<path d="{}" {}/>)", data, style);
  }

  /// `anchor` is start, middle or end: which part of the text stands at (x, y), y being the
  /// baseline.
  TAPELESS_NATIVE void text(double x, double y, std::string_view content, double size,
                            std::string_view anchor, std::string_view more = "") {
    text_markup(x, y, xml_text(content), size, anchor, more);
  }

  /// As text, for content that is markup already.
  TAPELESS_NATIVE void text_markup(double x, double y, std::string_view markup, double size,
                                   std::string_view anchor, std::string_view more = "") {
    add(R"(<text x="{:.2f}" y="{:.2f}" font-size="{}" text-anchor="{}" {}>{}</text>)", x, y, size,
        anchor, more, markup);
  }

  /// Anything else, as SVG markup.
  TAPELESS_NATIVE void raw(std::string_view markup) {
    body_ += markup;
    body_ += '\n';
  }

  TAPELESS_NATIVE std::string str() const {
    return fmt::format(
               R"(<svg xmlns="http://www.w3.org/2000/svg" )"
               R"(xmlns:xlink="http://www.w3.org/1999/xlink" )"
               R"(width="{0}" height="{1}" viewBox="0 0 {0} {1}" fill="#222222" )"
               R"(font-family="'DejaVu Sans', Verdana, 'Segoe UI', Helvetica, Arial, sans-serif">)"
               "\n",
               width_, height_) +
           body_ + "</svg>\n";
  }

  /// Writes the file whole or not at all. Throws file_error.
  TAPELESS_NATIVE void save(const std::filesystem::path& path) const {
    const std::string text = str();
    write_file(path, std::as_bytes(std::span(text)));
  }

 private:
  template <class... Values>
  TAPELESS_NATIVE void add(fmt::format_string<Values...> form, Values&&... values) {
    body_ += fmt::format(form, std::forward<Values>(values)...);
    body_ += '\n';
  }

  double width_, height_;
  std::string body_;
};

}  // namespace tapeless
