#include <tapeless/io/array_data.hpp>

#include <catch2/catch.hpp>

namespace tl = tapeless;

static_assert(tl::element_size(tl::element_type::bf16) == 2);
static_assert(tl::element_size(tl::element_type::boolean) == 1);
static_assert(tl::element_name(tl::element_type::i64) == "i64");
static_assert(tl::element_type_of<float>() == tl::element_type::f32);
static_assert(tl::element_type_of<std::int32_t>() == tl::element_type::i32);

TEST_CASE("elements of a shape are counted without overflow", "[io]") {
  CHECK(tl::element_count({}) == 1u);
  CHECK(tl::element_count({2, 3}) == 6u);
  CHECK(tl::element_count({std::int64_t{1} << 62}) == std::size_t{1} << 62);
  CHECK_FALSE(tl::element_count({-1, 2}));
  CHECK_FALSE(tl::element_count({std::int64_t{1} << 62, 2}));
  CHECK_FALSE(tl::element_count({std::int64_t{1} << 61}, 8));
  CHECK_FALSE(tl::element_count({std::int64_t{1} << 32, std::int64_t{1} << 32, 0}));
  CHECK(tl::element_count({3, 0}, 8) == 0u);
}

TEST_CASE("arrays hold values with their shape", "[io]") {
  const std::vector<double> values{1.5, -2.0, 1e300, 0.1};
  const auto array = tl::make_array<double>({2, 2}, values);
  CHECK(array.type == tl::element_type::f64);
  CHECK(array.size() == 4);
  CHECK(array.values<double>() == values);
  CHECK(array.values<float>()[3] == 0.1f);
  const std::vector<std::int64_t> integers{-5, std::int64_t{1} << 53};
  CHECK(tl::make_array<std::int64_t>({2}, integers).values<double>() ==
        std::vector<double>{-5.0, 0x1p53});
  CHECK_THROWS_WITH(tl::make_array<double>({3}, values),
                    "make_array: 4 values do not fill shape [3]");
}

TEST_CASE("a bool is 0 or 1, whatever its byte", "[io]") {
  const tl::array_data array{
      tl::element_type::boolean, {3}, {std::byte{0}, std::byte{1}, std::byte{7}}};
  CHECK(array.values<double>() == std::vector<double>{0, 1, 1});
}
