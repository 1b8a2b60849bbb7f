#include <algorithm>
#include <catch2/catch.hpp>
#include <tapeless/inspect/layout_report.hpp>
#include <tapeless/inspect/plan_report.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct circle : tl::sequential<tl::input<2>, tl::dense<8>, tl::relu, tl::dense<1>, tl::sigmoid> {};
struct deep : tl::sequential<tl::input<8>, tl::dense<8>, tl::relu, tl::dense<8>, tl::relu,
                             tl::dense<8>, tl::relu> {};

struct space
    : tl::sequential<tl::input<3, 8, 8>, tl::conv2d<16, tl::kernel{.size = 3, .padding = 1}>, tl::relu,
                     tl::conv2d<2, tl::kernel{.size = 3, .padding = {0, 1, 2, 0}}>, tl::flatten,
                     tl::dense<20>> {};
struct few : tl::sequential<tl::input<3, 8, 16>, tl::conv2d<2, 3>, tl::relu, tl::max_pool2d<2>> {};

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

TEST_CASE("strides are told from the outermost axis to the innermost", "[inspect]") {
  const auto text = [](tl::strided s, tl::shape dims, bool batched) {
    return tl::detail::text_of_strides(s, dims, batched);
  };
  CHECK(text({0, 64, {16, 1}}, {4, 16}, true) == "n 0 1 by 64 16 1");
  CHECK(text({0, 1, {320, 8}}, {2, 5}, true) == "0 1 n by 320 8 1");
  CHECK(text({3, 0, {1, 96, 12}}, {12, 3, 8}, false) == "1 2 0 by 96 12 1");
  CHECK(text({7, 0, {-8, 9, -1}}, {4, 1, 8}, false) == "0 2 by -8 -1");
  CHECK(text({0, 0, {1}}, {1}, false) == "one number");
}

TEST_CASE("a plan report tells the layout of what a step stores, and why", "[inspect]") {
  using on = tl::instruction_set<tl::simd::avx2>;
  const std::string text = tl::plan_report<space, on>();
  CHECK(lines(text) == 2 + tl::detail::forward_job<space, float, on>::plan.step_count + 2);
  // The first convolution fills two vectors and is stored between the zeros of the second one.
  CHECK(contains(text, "1 2 0 by 160 16 1"));
  CHECK(contains(text, "as contract: outputs innermost, lanes run over their 16; inside the border "
                       "of its reader: 0 + 1 along 1, 2 + 0 along 2"));
  CHECK(contains(text, "rows of the caller"));
  // Two outputs would leave most of a vector idle.
  CHECK(contains(tl::plan_report<few, on>(), "outputs outermost, positions fill vectors better"));
}

TEST_CASE("a layout report has inputs, parameters and views too", "[inspect]") {
  using on = tl::instruction_set<tl::simd::avx2>;
  const std::string text = tl::layout_report<space, on>();
  CHECK(contains(text, "0.weight"));
  CHECK(contains(text, "2 3 1 0 by 144 48 16 1"));
  CHECK(contains(text, "weights, the outputs of a tap and an input side by side"));
  CHECK(contains(text, "taps of pad, nothing is copied"));
  const std::string batched = tl::layout_report<circle, tl::batch<32>, on>();
  CHECK(contains(batched, "0 n by 32 1"));
  CHECK(contains(batched, "samples innermost, lanes run over them"));
  const std::string step = tl::layout_report_training<circle, tl::bce, tl::sgd, tl::batch<16>, on>();
  CHECK(contains(step, "store 0.weight"));
}
