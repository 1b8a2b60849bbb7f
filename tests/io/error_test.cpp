#include <tapeless/io/error.hpp>

#include <catch2/catch.hpp>

namespace tl = tapeless;

static_assert(std::is_base_of_v<std::runtime_error, tl::file_error>);

TEST_CASE("a file error says which file, where, what was found and what was expected", "[io]") {
  CHECK(std::string(tl::file_error("a.bin", "is odd").what()) == "a.bin: is odd");
  CHECK(std::string(tl::file_error::at_byte("a.bin", 12, "3 bytes", "4").what()) ==
        "a.bin: at byte 12: found 3 bytes, expected 4");
  CHECK(std::string(tl::file_error::at_line("a.csv", 2, 7, "'x'", "a number").what()) ==
        "a.csv: line 2, column 7: found 'x', expected a number");
}

TEST_CASE("text from files is quoted safely", "[io]") {
  CHECK(tl::quote("abc") == "'abc'");
  CHECK(tl::quote("") == "''");
  CHECK(tl::quote(std::string_view("a\x1b[0m\0\x7f", 7)) == "'a\\x1b[0m\\x00\\x7f'");
  CHECK(tl::quote(std::string(40, 'x')) == "'" + std::string(40, 'x') + "'");
  CHECK(tl::quote(std::string(41, 'x')) == "'" + std::string(40, 'x') + "'...");
}
