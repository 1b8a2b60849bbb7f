// Headers of weights: the text, and what a program reads back from it in a constant expression.

#include <catch2/catch.hpp>
#include <cstring>
#include <io/small_net.hpp>
#include <limits>
#include <string>
#include <tapeless/io/weights_header.hpp>

#include "scratch.hpp"
// What write_header writes of `numbers()` and `small_numbers()`; see the first test.
#include "small_net_weights.hpp"

namespace tl = tapeless;

namespace {

struct hidden : tl::sequential<tl::input<1>, tl::dense<1>> {};

/// Numbers that are hard to write: no short decimals, denormal, the largest, signed zeros, and
/// none.
constexpr tl::parameters<written::small_net> numbers() {
  using limits = std::numeric_limits<float>;
  tl::parameters<written::small_net> theta;
  theta.assign<"0.weight">({1.0f / 3, -0.1f, limits::denorm_min(), limits::max(), -0.0f, 0.0f});
  theta.assign<"0.bias">({limits::infinity(), -limits::infinity()});
  theta.assign<"out.weight">({limits::min(), 16777217.0f});
  theta.assign<"out.bias">({limits::lowest()});
  return theta;
}
constexpr tl::parameters<written::small_net, double> small_numbers() {
  tl::parameters<written::small_net, double> theta;
  theta.assign<"0.weight">({1.0 / 3, 5e-324, -1e308, 0.1, 2.0, -7.0});
  return theta;
}

// Read back in a constant expression, to the bit.
static_assert(written::weights.get(0, 0) == 1.0f / 3 &&
              written::weights.get(0, 3) == 0x1.fffffep127f);
static_assert(written::doubles.get(0, 1) == 5e-324);

const tl::header_options as_floats{.name = "written::weights", .include = "io/small_net.hpp"};
const tl::header_options as_doubles{.name = "written::doubles", .network = "written::small_net"};

}  // namespace

TEST_CASE("a header of weights is read back to the bit", "[io]") {
  // The stored file is both texts, one after the other.
  const std::string text = tl::header_text(numbers(), as_floats);
  const std::string more = tl::header_text(small_numbers(), as_doubles);
  CHECK(text_of(source_folder() / "tests/io/small_net_weights.hpp") ==
        text + more.substr(more.find("namespace written")));
  static constexpr auto floats = numbers();
  static constexpr auto doubles = small_numbers();
  CHECK(std::memcmp(&written::weights, &floats, sizeof floats) == 0);
  CHECK(std::memcmp(&written::doubles, &doubles, sizeof doubles) == 0);

  const scratch_folder folder;
  tl::write_header(folder / "weights.hpp", numbers(), as_floats);
  CHECK(text_of(folder / "weights.hpp") == text);
}

TEST_CASE("names of headers of weights are checked", "[io]") {
  using Catch::Matchers::Contains;
  for (const char* name : {"", "3d", "my weights", "a::", "::a", "a:b", "a::2", "w-1", "class",
                           "robot::int", "namespace::w"})
    CHECK_THROWS_WITH(tl::header_text(numbers(), {.name = name}),
                      Contains("write_header: found the name"));
  CHECK_THROWS_WITH(tl::header_text(tl::parameters<hidden>{}),
                    Contains("hidden") && Contains(".network"));
  CHECK(tl::header_text(tl::parameters<hidden>{}, {.network = "hidden"})
            .find("using network = hidden;") != std::string::npos);
  CHECK(tl::header_text(numbers(), {.name = "classes", .include = "<nets/policy.hpp>"})
            .find("#include <nets/policy.hpp>\n") != std::string::npos);
  CHECK_THROWS_WITH(tl::header_text(numbers(), {.include = "a\"\n"}),
                    Contains("write_header: found the include"));
  tl::parameters<hidden> theta{};
  theta.data[0] = std::numeric_limits<float>::quiet_NaN();
  CHECK(tl::header_text(theta, {.network = "hidden"}).find("__builtin_nanf(\"\")") !=
        std::string::npos);
  CHECK_THROWS_AS(tl::write_header("/nowhere/at/all.hpp", theta, {.network = "hidden"}),
                  tl::file_error);
}
