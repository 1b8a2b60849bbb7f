#include <catch2/catch.hpp>
#include <tapeless/inspect/summary.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};

struct tagger : tl::network<tagger> {
  static consteval tl::value define(tl::graph& g) {
    auto x = g.input("x", tl::shape{16});
    auto h = tl::math::relu(g.dense("fc1", x, 64));
    h = h + tl::math::relu(g.dense("fc2", h, 64));
    return tl::math::softmax(g.dense("head", h, 5));
  }
};

struct nested
    : tl::sequential<tl::input<4, 4>, tl::flatten,
                     tl::named<"encoder", tl::sequential<tl::frozen<tl::dense<3>>, tl::tanh>>,
                     tl::dense<2>> {};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a summary has a row per layer and totals", "[inspect]") {
  const std::string expected =
      "layer  kind     output  parameters  FLOPs\n"
      "-----  -------  ------  ----------  -----\n"
      "x      input    [2]\n"
      "0      dense    [8]             24     40\n"
      "       relu     [8]                     8\n"
      "2      dense    [1]              9     17\n"
      "       sigmoid  [1]                    18\n"
      "\n"
      "parameters  33, trained 33\n"
      "FLOPs       83 per sample\n";
  CHECK(tl::summary<circle>().substr(0, expected.size()) == expected);
}

TEST_CASE("a summary says how the network runs", "[inspect]") {
  const std::string text =
      tl::summary<circle, tl::batch<32>, tl::lanes_over<tl::lane_axis::samples>,
                  tl::expand_as<tl::expansion::loops>>();
  CHECK(contains(text, "lanes over samples"));
  CHECK(contains(text, ", a function per kernel, "));
  CHECK(contains(text, "batch 32"));
  CHECK(contains(tl::summary<circle>(), "one straight line"));
  CHECK(contains(tl::summary<circle>(), "8 sums in parallel, tiles of 4 vectors"));
}

TEST_CASE("a summary says how a cost model of the caller's changes the plan", "[inspect]") {
  constexpr tl::cost_model wide{.parallel_sums = 16, .straight_budget = 0, .unroll_budget = 0};
  const std::string text = tl::summary<circle, tl::costs<wide>>();
  CHECK(contains(text, "16 sums in parallel"));
  CHECK(contains(text, "one function with loops"));
}

TEST_CASE("rows follow the paths of the parameters", "[inspect]") {
  const auto rows = tl::layer_rows(tl::declared<tagger>);
  REQUIRE(rows.size() == 7);
  CHECK(rows[0].name == "fc1");
  CHECK(rows[0].kind == "dense");
  CHECK(rows[0].parameters == 16 * 64 + 64);
  CHECK(rows[0].flops == 2 * 16 * 64 + 64);
  CHECK(rows[4].kind == "add");
  CHECK(rows[6].kind == "softmax");
  CHECK(rows[6].flops > 5 * tl::description<tl::exp>.flops);
}

TEST_CASE("rows of nested and frozen layers", "[inspect]") {
  const auto rows = tl::layer_rows(tl::declared<nested>);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].kind == "reshape");
  CHECK(rows[0].output == tl::shape{16});
  CHECK(rows[1].name == "encoder.0");
  CHECK_FALSE(rows[1].trainable);
  CHECK(rows[3].name == "2");
  CHECK(rows[3].trainable);
  CHECK(contains(tl::summary<nested>(), "dense (frozen)"));
  CHECK(contains(tl::summary<nested>(), "59, trained 8"));
}

TEST_CASE("the flops of the rows are those of the graph", "[inspect]") {
  double sum = 0;
  for (const tl::layer_row& r : tl::layer_rows(tl::declared<tagger>)) sum += r.flops;
  CHECK(sum == tl::cost<tagger>.flops_forward);
}

TEST_CASE("numbers and sizes in words", "[inspect]") {
  CHECK(tl::detail::text_of_count(0) == "0");
  CHECK(tl::detail::text_of_count(999) == "999");
  CHECK(tl::detail::text_of_count(1000) == "1,000");
  CHECK(tl::detail::text_of_count(-1234567) == "-1,234,567");
  CHECK(tl::detail::text_of_bytes(1023) == "1023 B");
  CHECK(tl::detail::text_of_bytes(1536) == "1.5 KiB");
  CHECK(tl::detail::text_of_bytes(3 << 20) == "3.0 MiB");
  CHECK(tl::detail::text_of(tl::shape{}) == "[]");
  CHECK(tl::detail::text_of(tl::shape{3, 4}) == "[3, 4]");
}
