#include <catch2/catch.hpp>
#include <string>
#include <tapeless/train/svg.hpp>

#include "scratch.hpp"

namespace tl = tapeless;
using Catch::Matchers::Contains;

TEST_CASE("text is safe inside SVG", "[train][svg]") {
  CHECK(tl::xml_text("a<b> & \"c\"\n\x01") == "a&lt;b&gt; &amp; &quot;c&quot;");
  CHECK(tl::xml_text("\u00b5s") == "\u00b5s");
}

TEST_CASE("the estimated width grows with letters and size", "[train][svg]") {
  CHECK(tl::text_width("", 12) == 0);
  CHECK(tl::text_width("wide", 12) > tl::text_width("ill.", 12));
  CHECK(tl::text_width("ab", 20) == Approx(2 * tl::text_width("ab", 10)));
  CHECK(tl::text_width("\u00b5", 10) == tl::text_width("u", 10));
}

TEST_CASE("a drawing holds its shapes in order", "[train][svg]") {
  tl::svg_drawing d(200, 100);
  d.line(1, 2, 3, 4, "#555555", 1.5);
  d.circle(10, 20, 3, "#0072b2");
  d.text(5, 6, "x < y", 12, "middle");
  d.path("M1 2L3 4", R"(fill="none")");
  const std::string text = d.str();
  CHECK_THAT(text, Catch::StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\""));
  CHECK_THAT(text, Contains("viewBox=\"0 0 200 100\""));
  CHECK_THAT(text, Contains("<line x1=\"1.00\" y1=\"2.00\" x2=\"3.00\" y2=\"4.00\""));
  CHECK_THAT(text, Contains(">x &lt; y</text>"));
  CHECK_THAT(text, Catch::EndsWith("</svg>\n"));
  CHECK(text.find("<line") < text.find("<circle"));
  scratch_folder folder;
  d.save(folder / "d.svg");
  CHECK(read_text(folder / "d.svg") == text);
  CHECK_THROWS_WITH(d.save("/no/such/folder/d.svg"),
                    Contains("/no/such/folder/d.svg: cannot be opened for writing"));
}
