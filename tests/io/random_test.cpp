#include <tapeless/io/random.hpp>

#include "scratch.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace tl = tapeless;

namespace {

using nlohmann::json;
using order = std::vector<std::uint32_t>;

const json& golden() {
  static const json values = json::parse(text_of(fixture("numpy_random.json")));
  return values;
}

// A compiler may contract a * b + c, which moves the last bit.
Approx near(const json& value) { return Approx(value.get<double>()).epsilon(1e-14).margin(1e-15); }

}  // namespace

static_assert(tl::random_state(42)() == 1608637542u);

TEST_CASE("words and uniform numbers are NumPy's", "[io][random]") {
  for (const json& draws : golden()["draws"]) {
    const auto seed = draws["seed"].get<std::uint32_t>();
    CAPTURE(seed);
    tl::random_state words(seed);
    std::vector<std::uint32_t> all(1000);
    for (auto& word : all) word = words();
    for (std::size_t i = 0; i < draws["words"].size(); ++i) {
      CHECK(all.at(draws["word_numbers"][i].get<std::size_t>()) == draws["words"][i]);
    }
    tl::random_state sampled(seed);
    for (const json& value : draws["random_sample"]) CHECK(sampled.random_sample() == value);
    tl::random_state uniform(seed);
    for (const json& value : draws["uniform"]) CHECK(uniform.uniform(-3.0, 7.5) == near(value));
  }
}

TEST_CASE("normal numbers are NumPy's", "[io][random]") {
  for (const json& draws : golden()["draws"]) {
    tl::random_state generator(draws["seed"].get<std::uint32_t>());
    for (const json& value : draws["normal"]) CHECK(generator.normal(1.5, 0.25) == near(value));
  }
}

TEST_CASE("permutations are NumPy's", "[io][random]") {
  for (const json& draws : golden()["draws"]) {
    const auto seed = draws["seed"].get<std::uint32_t>();
    CAPTURE(seed);
    for (const json& expected : draws["permutations"]) {
      const auto size = static_cast<std::uint32_t>(expected.size());
      CHECK(tl::random_state(seed).permutation(size) == expected.get<order>());
    }
    const order digits = tl::random_state(seed).permutation(1797);
    CHECK(order(digits.begin(), digits.begin() + 20) ==
          draws["permutation_1797_head"].get<order>());
    const order large = tl::random_state(seed).permutation(100000);
    CHECK(order(large.end() - 20, large.end()) == draws["permutation_100000_tail"].get<order>());
  }
}

TEST_CASE("calls of different kinds share one stream as in NumPy", "[io][random]") {
  for (const json& draws : golden()["draws"]) {
    const json& mixed = draws["mixed"];
    tl::random_state generator(draws["seed"].get<std::uint32_t>());
    CHECK(generator.normal() == near(mixed[0]));
    CHECK(generator.permutation(5) == mixed[1].get<order>());
    CHECK(generator.normal() == near(mixed[2]));
    CHECK(generator.random_sample() == mixed[3]);
    CHECK(generator.normal() == near(mixed[4]));
  }
}
