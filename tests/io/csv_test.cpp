#include <tapeless/io/csv.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

#include <clocale>
#include <cmath>
#include <locale>

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

TEST_CASE("a byte order mark and every kind of line end are read", "[io][csv]") {
  const numbers expected{1, 2, 3, 4};
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    for (const std::string last : {"", "\n", "\r\n\r\n", "\n  \n\t\n", "\r\r"}) {
      CHECK(parsed("\xef\xbb\xbf" "1,2" + end + "3,4" + last).values == expected);
      CHECK(parsed("\xef\xbb\xbf" "a,b" + end + "1,2" + end + "3,4" + last).header ==
            std::vector<std::string>{"a", "b"});
    }
  }
  CHECK(complaint_about("1,2\r\n3,x\r\n") == "line 2, column 3: found 'x', expected a number");
  CHECK(complaint_about("1,2\r3,x\r") == "line 2, column 3: found 'x', expected a number");
}

TEST_CASE("fields may be quoted", "[io][csv]") {
  CHECK(parsed("\"1\",\"-2.5e3\"\n \" 3 \" , \"4\"\n").values == numbers{1, -2500, 3, 4});
  CHECK(parsed("\"1\" \"2\"\t\"3\"", {.delimiter = ' '}).values == numbers{1, 2, 3});
  const std::string names = "\"a, b\",\"say \"\"x\"\"\",\"two\r\nlines\"\n";
  CHECK(parsed(names + "1,2,3").header ==
        std::vector<std::string>{"a, b", "say \"x\"", "two\r\nlines"});
  CHECK(complaint_about(names + "1,2,3\n4,x,6") ==
        "line 4, column 3: found 'x', expected a number");
  CHECK(complaint_about("1,\"2\n3,4\n") ==
        "line 1, column 3: found a quote without end, expected a closing quote");
  CHECK(complaint_about("\"1,234\",5") == "line 1, column 1: found '1,234', expected a number");
  CHECK(complaint_about("1,2\n\"3\"4,5") == "line 2, column 1: found '\"3\"4', expected a number");
  CHECK(complaint_about("1,2\n\"\",5") ==
        "line 2, column 1: found an empty field, expected a number");
}

TEST_CASE("lines that begin with # are comments", "[io][csv]") {
  CHECK(parsed("# made\n1,2\n  # by, hand\n3,4\n#").values == numbers{1, 2, 3, 4});
  CHECK(parsed("% made\n1,2\n", {.comment = '%'}).values == numbers{1, 2});
  CHECK(complaint_about("#1\n2", {.comment = '\0'}) ==
        "line 1, column 1: found '#1', expected a number");
  // Not a comment: a spreadsheet's missing value.
  CHECK(parsed("1,2\n#N/A,4\n", {.missing = tl::csv_missing::as_nan}).rows == 2);
  // numpy.savetxt(header="x,y") writes the names into a comment.
  CHECK(parsed("# made\n# x,y\n1,2\n").header == std::vector<std::string>{"x", "y"});
  CHECK(parsed("# x,y\n1,2\n", {.header = true}).values == numbers{1, 2});
  CHECK(parsed("# x,y\n1,2\n", {.header = false}).header.empty());
  CHECK(parsed("# made,by,hand\n1,2\n").header.empty());
  CHECK(parsed("# made\n1\n").header.empty());
}

TEST_CASE("names of columns are found without being asked for", "[io][csv]") {
  using names = std::vector<std::string>;
  CHECK(parsed("x,y\n1,2").header == names{"x", "y"});
  CHECK(parsed("\n# c\n\"x\", weight (kg)\n1,2").header == names{"x", "weight (kg)"});
  CHECK(parsed("\xc3\xa4;_1\n1;2", {.delimiter = ';'}).header == names{"\xc3\xa4", "_1"});
  CHECK(parsed(",x\n0,5").header == names{"", "x"});  // pandas' index
  CHECK(parsed("nan,inf\n1,2").header.empty());
  CHECK(parsed("NA,NA\n1,2", {.missing = tl::csv_missing::drop_row}).header.empty());
  CHECK(parsed("2019,2020\n1,2").rows == 2);
  CHECK(parsed("2019,2020\n1,2", {.header = true}).header == names{"2019", "2020"});
  CHECK(complaint_about("land,2019\n7,1\n") ==
        "line 1, column 1: found 'land', expected a number; if this line has the names of the "
        "columns, say csv_options{.header = true}");
  CHECK(complaint_about("x,y\n1,2\n", {.header = false}) ==
        "line 1, column 1: found 'x', expected a number");
  CHECK(complaint_about("a,b\nc,d\n") == "line 2, column 1: found 'c', expected a number");
  CHECK(complaint_about("1;2\n") ==
        "line 1, column 1: found '1;2', expected a number; is the delimiter ';'?");
}

TEST_CASE("columns are chosen by name or by index", "[io][csv]") {
  const std::string text = "id,name,x,y\na,Ann,1,2\nb,\"Bo, jr\",3,4\n";
  const auto table = parsed(text, {.columns = {"y", "x"}});
  CHECK(table.header == std::vector<std::string>{"y", "x"});
  CHECK(table.columns == 2);
  CHECK(table.values == numbers{2, 1, 4, 3});
  CHECK(table.column("x") == 1);
  CHECK_THROWS_WITH(table.column("z"),
                    "csv_table: 0 columns are called 'z'; the columns 'y', 'x'");
  CHECK(parsed(text, {.columns = {2}}).values == numbers{1, 3});
  CHECK(parsed(text, {.columns = {-1, 2, -1}}).values == numbers{2, 1, 2, 4, 3, 4});
  CHECK(parsed("a 1\nb 2", {.delimiter = ' ', .columns = {1}}).values == numbers{1, 2});
  CHECK(complaint_about(text, {.columns = {"x", "Y"}}) ==
        "line 1, column 1: found the columns 'id', 'name', 'x', 'y', expected a column 'Y'");
  CHECK(complaint_about("x,x\n1,2", {.columns = {"x"}}) ==
        "line 1, column 1: found the columns 'x', 'x', expected only one column 'x'");
  CHECK(complaint_about("1,2", {.columns = {"x"}}) ==
        "line 1, column 1: found no names of columns, expected a column 'x'; "
        "csv_options{.header = true} says that this line has the names");
  CHECK(complaint_about("1,2", {.columns = {0, 2}}) ==
        "line 1, column 1: found 2 columns, expected a column 2");
  CHECK(complaint_about("1,2", {.columns = {-3}}) ==
        "line 1, column 1: found 2 columns, expected a column -3");
  // Rows have the file's width, whatever is read of them.
  CHECK(complaint_about("1,2,3\n4,5", {.columns = {0}}) ==
        "line 2, column 4: found 2 fields, expected 3 as in line 1");
}

TEST_CASE("missing values are refused, replaced or left out", "[io][csv]") {
  const std::string text = "x,y\n1,\nNA,2\n\"\",?\n3,nan\n4,5\nnull,N/A\n";
  const auto with = [&](tl::csv_missing missing, double fill = 0) {
    return parsed(text, {.missing = missing, .fill = fill});
  };
  CHECK(with(tl::csv_missing::drop_row).values == numbers{4, 5});
  CHECK(with(tl::csv_missing::drop_row).rows == 1);
  CHECK(with(tl::csv_missing::as_fill, -1).values ==
        numbers{1, -1, -1, 2, -1, -1, 3, -1, 4, 5, -1, -1});
  const auto nan = with(tl::csv_missing::as_nan).values;
  REQUIRE(nan.size() == 12);
  CHECK(std::count_if(nan.begin(), nan.end(), [](double x) { return std::isnan(x); }) == 7);
  CHECK(complaint_about("x,y\n1,NA\n") ==
        "line 2, column 3: found 'NA', expected a number; csv_options{.missing = ...} takes "
        "missing values");
  CHECK(complaint_about("1,x\n", {.header = false, .missing = tl::csv_missing::as_nan}) ==
        "line 1, column 3: found 'x', expected a number");
  CHECK(complaint_about("1,\n2,\n", {.missing = tl::csv_missing::drop_row}) ==
        "line 3, column 1: found the end of the file, expected a row without missing values (2 "
        "rows have some)");
  // Columns that are not read may hold anything.
  CHECK(parsed("1,\n2,x\n", {.columns = {0}}).values == numbers{1, 2});
  CHECK(parsed("1\t\n\t\n", {.delimiter = '\t', .missing = tl::csv_missing::as_fill}).values ==
        numbers{1, 0, 0, 0});
}

TEST_CASE("numbers beyond a double's range are told apart", "[io][csv]") {
  CHECK(parsed("1e-400,-1e-400,0.0000000001e-320").values == numbers{0, 0, 0});
  CHECK(std::signbit(parsed("-1e-400").values[0]));
  CHECK(parsed("0." + std::string(400, '0') + "1").values == numbers{0});
  CHECK(parsed("4.9e-324").values[0] == 4.9e-324);
  CHECK(parsed("1e-99999999999999999999").values == numbers{0});
  for (const std::string& large :
       {std::string("1e309"), std::string("-2e308"), "1" + std::string(309, '0') + ".0",
        std::string("1e99999999999999999999")}) {
    CHECK(complaint_about(large).ends_with("expected a number within double's range"));
  }
}

TEST_CASE("the locale does not matter", "[io][csv]") {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  struct comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  const std::locale global = std::locale::global(std::locale(std::locale(), new comma));
  for (const char* name : {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8"}) std::setlocale(LC_ALL, name);
  CHECK(parsed("1.5,2500").values == numbers{1.5, 2500});
  CHECK(complaint_about("1,5;2", {.delimiter = ';'}) ==
        "line 1, column 1: found '1,5', expected a number");
  CHECK(complaint_about(std::string(1233, '\n') + "x", {.header = false}) ==
        "line 1234, column 1: found 'x', expected a number");
  std::locale::global(global);
  std::setlocale(LC_ALL, before.c_str());
}

TEST_CASE("options that no file can follow are refused", "[io][csv][errors]") {
  const auto refuses = [&](const tl::csv_options& options, const std::string& why) {
    CHECK_THAT(complaint_about("1,2\n", options), Catch::Contains("read_csv: " + why));
  };
  for (const char c : {'1', '.', '-', '+', '"', '\n', '\0'})
    refuses({.delimiter = c}, "the delimiter is ");
  // Letters are parts of numbers, too: 1e2, inf, nan.
  for (const char c : {'e', 'E', 'n', 'x'}) refuses({.delimiter = c}, "the delimiter is ");
  refuses({.delimiter = '#'}, "delimiter and comment are both '#'");
  refuses({.fill = 3}, "fill is 3, but missing is not csv_missing::as_fill");
}
