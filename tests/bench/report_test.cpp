#include "../../bench/report.hpp"

#include <catch2/catch.hpp>

#include "../../bench/modules.hpp"

using namespace contest;

namespace {

result forward_row() {
  result r{"B_forward", "g++", "avx512", {80, 88, ""}, {40, "L1"}, {}};
  r.peers["plain"] = {160, 170, "w256"};
  r.calls = latency{100, 110, 120, 130};
  return r;
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("bench: least and median of the repetitions") {
  CHECK(summarise({3, 1, 2}).ns == 1);
  CHECK(summarise({3, 1, 2}).median_ns == 2);
  CHECK(summarise({4, 1, 2, 3}).median_ns == 2.5);
  CHECK(summarise({7}, "w512").variant == "w512");
}

TEST_CASE("bench: percentiles of single calls") {
  std::vector<std::uint32_t> ticks(1001);
  for (std::uint32_t i = 0; i < 1001; ++i) ticks[i] = 1000 - i;
  const latency l = percentiles(ticks, 0.5);
  CHECK(l.p50 == 250);
  CHECK(l.p99 == 495);
  CHECK(l.p999 == 499.5);
  CHECK(l.max == 500);
}

TEST_CASE("bench: results as JSON") {
  result in_double{"B_forward_double", "g++", "avx2", {150, 151, ""}, {80, "fma"}, {}};
  in_double.float_ns = 80;
  const auto all = nlohmann::json::parse(to_json({forward_row(), in_double}).dump());
  REQUIRE(all.size() == 2);
  CHECK(all[0]["name"] == "B_forward");
  CHECK(all[0]["compiler"] == "g++");
  CHECK(all[0]["arch"] == "avx512");
  CHECK(all[0]["ns"] == 80);
  CHECK(all[0]["median_ns"] == 88);
  CHECK(all[0]["limit_ns"] == 40);
  CHECK(all[0]["peers"] == nlohmann::json{{"plain", 160.0}});
  CHECK(all[0]["peer_details"]["plain"]["variant"] == "w256");
  CHECK(all[0]["latency_ns"]["p99.9"] == 120);
  CHECK_FALSE(all[0].contains("float_ns"));
  CHECK(all[1]["float_ns"] == 80);
  CHECK(all[1]["peers"].empty());
}

TEST_CASE("bench: tables") {
  result in_double{"B_forward_double", "g++", "avx2", {150, 151, ""}, {80, "fma"}, {}};
  in_double.float_ns = 80;
  const std::vector<result> all{forward_row(), in_double};
  const std::string speed = speed_table(all, {"plain", "eigen"});
  CHECK(speed.find("160.0 (0.50)") != std::string::npos);
  CHECK(speed.find("2.00") != std::string::npos);
  CHECK(speed.find("eigen") == std::string::npos);
  CHECK(speed.find("double") == std::string::npos);
  CHECK(lines_of(speed) == 3);
  CHECK(double_table(all).find("1.88") != std::string::npos);
  CHECK(double_table({forward_row()}).empty());
  CHECK(speed_table({in_double}, {}).empty());
  CHECK(table({{"a", "b"}, {"long", "2"}}) ==
        "| a    |   b |\n"
        "|------|----:|\n"
        "| long |   2 |\n");
}

TEST_CASE("bench: labels of modules") {
  const label_parts ours("tapeless:g++:avx512"), plain("plain:w256_fast"), eigen("eigen");
  CHECK(ours.who == "tapeless");
  CHECK(ours.variant == "g++");
  CHECK(ours.arch == "avx512");
  CHECK(plain.who == "plain");
  CHECK(plain.variant == "w256_fast");
  CHECK(plain.arch.empty());
  CHECK(eigen.who == "eigen");
  CHECK(eigen.variant.empty());
}
