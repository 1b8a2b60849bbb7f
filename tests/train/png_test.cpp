#include <zlib.h>

#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <tapeless/train/png.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

std::uint32_t number_at(const tl::byte_buffer& file, std::size_t at) {
  return tl::load_number<std::uint32_t>(std::span(file).subspan(at), std::endian::big);
}

std::string base64_of(std::string_view text) { return tl::base64(std::as_bytes(std::span(text))); }

}  // namespace

TEST_CASE("an image becomes a PNG that unpacks to the same pixels", "[train][png]") {
  tl::image picture(3, 2, {10, 20, 30});
  picture.at(1, 0) = {200, 5, 31};
  picture.at(2, 1) = {0, 255, 0};
  const tl::byte_buffer file = tl::encode_png(picture);
  CHECK(std::memcmp(file.data(), "\x89PNG\r\n\x1a\n", 8) == 0);
  CHECK(number_at(file, 8) == 13);
  CHECK(std::memcmp(file.data() + 12, "IHDR", 4) == 0);
  CHECK(number_at(file, 16) == 3);
  CHECK(number_at(file, 20) == 2);
  // The checksum of an empty IEND is the same in every PNG file.
  CHECK(number_at(file, file.size() - 4) == 0xae426082u);

  const std::size_t packed = number_at(file, 33);
  CHECK(std::memcmp(file.data() + 37, "IDAT", 4) == 0);
  CHECK(number_at(file, 41 + packed) ==
        crc32_z(0, reinterpret_cast<const Bytef*>(file.data() + 37), packed + 4));
  std::vector<std::uint8_t> lines(2 * (1 + 3 * 3));
  uLongf size = lines.size();
  REQUIRE(uncompress(lines.data(), &size, reinterpret_cast<const Bytef*>(file.data() + 41),
                     packed) == Z_OK);
  REQUIRE(size == lines.size());
  for (int y = 0; y < 2; ++y) {
    const std::uint8_t* line = lines.data() + y * 10;
    CHECK(line[0] == 1);
    std::uint8_t r = 0, g = 0, b = 0;
    for (int x = 0; x < 3; ++x) {
      r = static_cast<std::uint8_t>(r + line[1 + 3 * x]);
      g = static_cast<std::uint8_t>(g + line[2 + 3 * x]);
      b = static_cast<std::uint8_t>(b + line[3 + 3 * x]);
      CHECK(picture.at(x, y) == tl::rgb{r, g, b});
    }
  }
}

TEST_CASE("base64 follows the examples of RFC 4648", "[train][png]") {
  CHECK(base64_of("").empty());
  CHECK(base64_of("f") == "Zg==");
  CHECK(base64_of("fo") == "Zm8=");
  CHECK(base64_of("foo") == "Zm9v");
  CHECK(base64_of("foob") == "Zm9vYg==");
  CHECK(base64_of("fooba") == "Zm9vYmE=");
  CHECK(base64_of("foobar") == "Zm9vYmFy");
  CHECK(base64_of("\xff\xfe") == "//4=");
}
