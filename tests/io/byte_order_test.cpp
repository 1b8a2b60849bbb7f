#include <tapeless/io/byte_order.hpp>

#include <catch2/catch.hpp>

#include <cstdint>

namespace tl = tapeless;

constexpr std::array<std::byte, 4> raw{std::byte{0x01}, std::byte{0x02}, std::byte{0x03},
                                       std::byte{0x84}};
static_assert(tl::load_number<std::uint32_t>(raw, std::endian::big) == 0x01020384u);
static_assert(tl::load_number<std::uint32_t>(raw, std::endian::little) == 0x84030201u);
static_assert(tl::load_number<std::uint16_t>(raw, std::endian::big) == 0x0102u);
static_assert(tl::store_number(std::uint32_t{0x01020384u}, std::endian::big) == raw);
static_assert(tl::load_number<float>(tl::store_number(1.5f, std::endian::big), std::endian::big) ==
              1.5f);

TEST_CASE("byte order is swapped element by element", "[io]") {
  std::array<std::byte, 4> pairs = raw;
  tl::swap_byte_order(pairs, 2);
  CHECK(tl::load_number<std::uint32_t>(pairs, std::endian::big) == 0x02018403u);
  tl::swap_byte_order(pairs, 1);
  CHECK(tl::load_number<std::uint32_t>(pairs, std::endian::big) == 0x02018403u);
}
