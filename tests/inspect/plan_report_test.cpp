#include <algorithm>
#include <catch2/catch.hpp>
#include <tapeless/inspect/plan_report.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};
struct deep : tl::sequential<tl::input<8>, tl::dense<8>, tl::relu, tl::dense<8>, tl::relu,
                             tl::dense<8>, tl::relu> {};

int lines(const std::string& text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}
bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a plan report has a row per step", "[inspect]") {
  constexpr int steps = tl::detail::forward_job<circle, float>::plan.step_count;
  const std::string text = tl::plan_report<circle>();
  CHECK(lines(text) == 2 + steps + 2);  // header and rule, an empty line and the totals
  CHECK(contains(text, "sum of products, add, relu"));
  CHECK(contains(text, "8 (sum 2)"));
  CHECK(contains(text, "output"));
}

TEST_CASE("equal steps name the kernel they share", "[inspect]") {
  CHECK(contains(tl::plan_report<deep, tl::instruction_set<tl::simd::native>>(), "of "));
}

TEST_CASE("a training report names what each step updates", "[inspect]") {
  const std::string text = tl::plan_report_training<circle, tl::bce, tl::adam, tl::batch<16>>();
  for (const char* name : {"0.weight", "0.bias", "2.weight", "2.bias", "loss", "state"})
    CHECK(contains(text, name));
  CHECK(contains(text, "(sum 16)"));
}
