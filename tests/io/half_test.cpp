#include <tapeless/io/half.hpp>

#include <catch2/catch.hpp>

#include <cmath>

namespace tl = tapeless;

static_assert(tl::float_from_f16(0x3c00) == 1.0f);
static_assert(tl::float_from_f16(0xc100) == -2.5f);
static_assert(tl::float_from_f16(0x7bff) == 65504.0f);
static_assert(tl::float_from_f16(0x0400) == 0x1p-14f);
static_assert(tl::float_from_f16(0x0001) == 0x1p-24f);
static_assert(tl::float_from_f16(0x83ff) == -1023 * 0x1p-24f);
static_assert(tl::float_from_bf16(0x3f80) == 1.0f);

TEST_CASE("every finite f16 is fraction times power of two", "[io]") {
  for (unsigned bits = 0; bits < 0x10000; ++bits) {
    const int exponent = static_cast<int>((bits >> 10) & 31);
    const int fraction = static_cast<int>(bits & 1023);
    const float got = tl::float_from_f16(static_cast<std::uint16_t>(bits));
    if (exponent == 31) {
      if (fraction == 0 ? !std::isinf(got) : !std::isnan(got)) FAIL(bits);
    } else {
      const float size = exponent == 0
                             ? std::ldexp(static_cast<float>(fraction), -24)
                             : std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
      if (got != (bits >= 0x8000 ? -size : size)) FAIL(bits);
    }
    if (std::signbit(got) != (bits >= 0x8000)) FAIL(bits);
  }
  CHECK(std::isinf(tl::float_from_bf16(0xff80)));
  CHECK(std::isnan(tl::float_from_bf16(0x7fc0)));
}
