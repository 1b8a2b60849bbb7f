#include <tapeless/io/csv.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

#include <cmath>

namespace tl = tapeless;

namespace {

tl::csv_table parsed(std::string_view text, const tl::csv_options& options = {}) {
  const scratch_folder folder;
  return tl::read_csv(folder.with("a.csv", text), options);
}

std::string complaint_about(std::string_view text, const tl::csv_options& options = {}) {
  const scratch_folder folder;
  const auto file = folder.with("bad.csv", text);
  return complaint(file, [&] { tl::read_csv(file, options); });
}

using numbers = std::vector<double>;

}  // namespace

TEST_CASE("a packed table with a header is read", "[io][csv]") {
  const auto table = tl::read_csv(fixture("table.csv.gz"), {.header = true});
  CHECK(table.header == std::vector<std::string>{"x", "y", "class"});
  CHECK(table.rows == 2);
  CHECK(table.columns == 3);
  CHECK(table.values == numbers{0.5, -1e3, 0, 0.25, 2, 1});
  CHECK(table.at(1, 0) == 0.25);
}

TEST_CASE("numbers are read whatever the white space and line ends", "[io][csv]") {
  CHECK(parsed("1, 2\r\n\r\n 3 ,4 \r\n").values == numbers{1, 2, 3, 4});
  CHECK(parsed("1\n2").values == numbers{1, 2});
  CHECK(parsed("1;2", {.delimiter = ';'}).values == numbers{1, 2});
  CHECK(parsed("1\t2\n3\t4", {.delimiter = '\t'}).rows == 2);
  CHECK(parsed("  1   2\t3 \n4 5 6\n", {.delimiter = ' '}).values == numbers{1, 2, 3, 4, 5, 6});
  CHECK(parsed("# made\nby hand\n\"a\", b c\n1,2", {.header = true, .skip = 2}).header ==
        std::vector<std::string>{"a", "b c"});
  CHECK(std::isnan(parsed("nan").values[0]));
  CHECK(parsed("-inf").values[0] < -1e308);
  CHECK(parsed("0.1").values[0] == 0.1);
  CHECK(parsed("5\n6", {.skip = -1}).rows == 2);
}

TEST_CASE("a wrong table says line and column", "[io][csv]") {
  CHECK(complaint_about("1,2\n3,x4\n") == "line 2, column 3: found 'x4', expected a number");
  CHECK(complaint_about("1,2\n3,4 5\n") == "line 2, column 3: found '4 5', expected a number");
  CHECK(complaint_about("1,,2\n") == "line 1, column 3: found an empty field, expected a number");
  CHECK(complaint_about("1,2,\n") == "line 1, column 5: found an empty field, expected a number");
  CHECK(complaint_about("\n1,2\n\n3\n") ==
        "line 4, column 2: found 1 fields, expected 2 as in line 2");
  CHECK(complaint_about("a,b\n1,2,3\n", {.header = true}) ==
        "line 2, column 6: found 3 fields, expected 2 as in line 1");
  CHECK(complaint_about("1\n+-2") == "line 2, column 1: found '+-2', expected a number");
  CHECK(complaint_about("1e999") ==
        "line 1, column 1: found '1e999', expected a number within double's range");
  CHECK(complaint_about("") ==
        "line 1, column 1: found the end of the file, expected a row of numbers");
  CHECK(complaint_about("a,b\n", {.header = true}) ==
        "line 2, column 1: found the end of the file, expected a row of numbers");
}
