#include <tapeless/core/wide_integer.hpp>

#include <catch2/catch.hpp>
#include <cstdint>

using tapeless::detail::wide_words;

#if defined(__SIZEOF_INT128__)
namespace {

__extension__ using wide = unsigned __int128;

wide value(wide_words x) { return wide{x.high} << 64 | x.low; }
wide_words words(wide x) {
  return {static_cast<std::uint64_t>(x >> 64), static_cast<std::uint64_t>(x)};
}

}  // namespace

TEST_CASE("the twin of 128-bit integers computes what the compiler's do", "[core]") {
  std::uint64_t state = 1;
  const auto next = [&state] {
    return state = state * 6364136223846793005u + 1442695040888963407u;
  };
  for (int i = 0; i < 2000; ++i) {
    wide a = wide{next()} << 64 | next(), b = wide{next()} << 64 | next();
    if (i % 3 == 0) a >>= static_cast<int>(next() % 128);  // carries of every length
    if (i % 4 == 0) b = ~a + (i % 5 == 0 ? 1u : 0u);
    const int n = static_cast<int>(next() % 128);
    REQUIRE(value(words(a) + words(b)) == a + b);
    REQUIRE(value(words(a) - words(b)) == a - b);
    REQUIRE(value(words(a) * words(b)) == a * b);
    REQUIRE(value(words(a) << n) == a << n);
    REQUIRE(value(words(a) >> n) == a >> n);
    REQUIRE((words(a) < words(b)) == (a < b));
    REQUIRE((words(a) <= words(b)) == (a <= b));
    REQUIRE((words(a) > words(a)) == false);
    REQUIRE((words(a) == words(a)));
    REQUIRE(static_cast<std::uint64_t>(words(a)) == static_cast<std::uint64_t>(a));
  }
}
#endif

static_assert(wide_words{0, ~0ull} + wide_words{1} == wide_words{1, 0});
static_assert(wide_words{~0ull} * wide_words{~0ull} == wide_words{~0ull - 1, 1});
static_assert((wide_words{1} << 0) == wide_words{1} && (wide_words{1} << 64) == wide_words{1, 0});
