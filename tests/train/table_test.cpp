#include <catch2/catch.hpp>
#include <limits>
#include <string>
#include <tapeless/train/table.hpp>

namespace tl = tapeless;

TEST_CASE("a table aligns its columns", "[train][table]") {
  tl::text_table t{
      {{"layer", tl::alignment::left}, {"parameters"}, {"us", tl::alignment::right, 2}}};
  t.add("dense 8", 24, 0.118);
  t.add("relu", 0, 12.0f);
  CHECK(t.rows() == 2);
  CHECK(t.str() ==
        "layer    parameters     us\n"
        "-------  ----------  -----\n"
        "dense 8          24   0.12\n"
        "relu              0  12.00\n");
}

TEST_CASE("a table printed row by row keeps its widths", "[train][table]") {
  tl::text_table t{{{"n", tl::alignment::right, 0, 4}, {"name", tl::alignment::left}}};
  CHECK(t.header() == "   n  name\n----  ----\n");
  t.add_row({"1", "a"});
  CHECK(t.row(0) == "   1  a\n");
  CHECK_THROWS(t.row(1));
}

TEST_CASE("numbers that do not fit switch to exponents", "[train][table]") {
  tl::text_table t{{{"x", tl::alignment::right, 3}}};
  CHECK(t.cell(0, 0.0) == "0.000");
  CHECK(t.cell(0, 0.25) == "0.250");
  CHECK(t.cell(0, -1234.5678) == "-1234.568");
  CHECK(t.cell(0, 1.5e-7) == "1.500e-07");
  CHECK(t.cell(0, 3e9) == "3.000e+09");
  CHECK(t.cell(0, std::numeric_limits<double>::quiet_NaN()) == "nan");
  CHECK(t.cell(0, std::numeric_limits<double>::infinity()) == "inf");
  CHECK(t.cell(0, 7) == "7");
}

TEST_CASE("rows of another length are cut or filled", "[train][table]") {
  tl::text_table t{{{"a"}, {"b"}}};
  t.add_row({"1"});
  t.add_row({"1", "2", "3"});
  CHECK(t.str() == "a  b\n-  -\n1\n1  2\n");
}

TEST_CASE("width is counted in characters, not bytes", "[train][table]") {
  tl::text_table t{{{"\u00b5s"}, {"b"}}};
  t.add_row({"\u2212 5", "x"});
  CHECK(t.str() == " \u00b5s  b\n---  -\n\u2212 5  x\n");
}
