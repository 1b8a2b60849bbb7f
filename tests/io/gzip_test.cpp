#include <tapeless/io/gzip.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>

namespace tl = tapeless;

namespace {

const std::string table = "x,y,class\n0.5,-1e3,0\n.25,+2,1\n";

std::string unpacked(const std::filesystem::path& file) {
  const auto content = tl::read_plain_or_gzip(file);
  return {reinterpret_cast<const char*>(content.data()), content.size()};
}

}  // namespace

TEST_CASE("gzip files are recognised by content", "[io]") {
  const scratch_folder folder;
  CHECK(unpacked(fixture("table.csv.gz")) == table);
  CHECK(unpacked(folder.with("plain.gz", "not packed")) == "not packed");
  CHECK(unpacked(folder.with("empty", "")).empty());
  CHECK(unpacked(folder.with("one", "\x1f")) == "\x1f");
}

TEST_CASE("members of a gzip file follow one another", "[io]") {
  const scratch_folder folder;
  const std::string packed = text_of(fixture("table.csv.gz"));
  CHECK(unpacked(folder.with("two", packed + packed)) == table + table);
}

TEST_CASE("zeros after a member of a gzip file are passed over, as in Python", "[io]") {
  const scratch_folder folder;
  const std::string packed = text_of(fixture("table.csv.gz"));
  for (const std::size_t count : {1u, 2u, 511u, 100000u}) {
    const std::string zeros(count, '\0');
    CHECK(unpacked(folder.with("a", packed + zeros)) == table);
    CHECK(unpacked(folder.with("a", packed + zeros + packed + zeros)) == table + table);
    const auto more = folder.with("a", packed + zeros + "x");
    CHECK(complaint(more, [&] { unpacked(more); }) ==
          "at byte " + std::to_string(packed.size() + count) +
              ": found 1 more bytes after the gzip data, expected the end of the file");
  }
  const auto half = folder.with("a", packed + "\x1f");
  CHECK_THAT(complaint(half, [&] { unpacked(half); }), Catch::Contains("1 more bytes after"));
}

TEST_CASE("a large gzip file is unpacked whole", "[io]") {
  const auto content = tl::read_plain_or_gzip(source_folder() / "examples/data/digits.csv.gz");
  CHECK(std::count(content.begin(), content.end(), std::byte{'\n'}) == 1797);
}

TEST_CASE("gzip data cut anywhere is an error", "[io]") {
  const scratch_folder folder;
  const std::string packed = text_of(fixture("table.csv.gz"));
  for (std::size_t size = 2; size < packed.size(); ++size) {
    const auto file = folder.with("cut", packed.substr(0, size));
    CHECK(complaint(file, [&] { unpacked(file); }) ==
          "at byte " + std::to_string(size) +
              ": found the end of the file, expected more gzip data");
  }
}

TEST_CASE("damaged gzip data is an error", "[io]") {
  const scratch_folder folder;
  std::string packed = text_of(fixture("table.csv.gz"));
  const auto more = folder.with("more", packed + "abc");
  CHECK(complaint(more, [&] { unpacked(more); }) ==
        "at byte " + std::to_string(packed.size()) +
            ": found 3 more bytes after the gzip data, expected the end of the file");
  packed[packed.size() - 8] = static_cast<char>(packed[packed.size() - 8] ^ 1);
  const auto checksum = folder.with("checksum", packed);
  CHECK_THAT(complaint(checksum, [&] { unpacked(checksum); }),
             Catch::Contains("found damaged gzip data (incorrect data check), expected valid"));
  packed[2] = 9;
  const auto method = folder.with("method", packed);
  CHECK_THAT(complaint(method, [&] { unpacked(method); }),
             Catch::EndsWith(
                 "found damaged gzip data (unknown compression method), expected valid gzip data"));
}
