// Rows of a table by index: values, gradient of the visited rows, and PyTorch's start.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct tokens
    : tl::sequential<tl::input_of<std::int32_t, 1.0, 4>, tl::embedding<7, 3>, tl::flatten> {};
struct table : tl::sequential<tl::input<>, tl::embedding<64, 32>> {};
struct scaled : tl::sequential<tl::input_of<std::uint8_t, 0.5, 2>, tl::dense<2>> {};
struct around : tl::sequential<tl::input<2>, scaled> {};

constexpr tl::parameters<tokens> numbered() {
  tl::parameters<tokens> theta;
  for (int e = 0; e < 21; ++e) theta.set(0, e, static_cast<float>(e));
  return theta;
}

}  // namespace

TEST_CASE("an embedding gives the rows of its table") {
  const std::array<std::int32_t, 8> ids{6, 0, 3, 3, 1, 7, -1, 2};
  std::array<float, 24> y{};
  tl::forward<tokens, tl::batch<2>>(numbered(), tl::in<"x">(ids), tl::out<"y">(y));
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t k = 0; k < 3; ++k) {
      const bool is_index = ids[i] >= 0 && ids[i] < 7;
      CHECK(y[i * 3 + k] ==
            (is_index ? static_cast<float>(ids[i] * 3) + static_cast<float>(k) : 0));
    }
}

TEST_CASE("its gradient sums over the visits of a row, and is 0 of others") {
  const std::array<std::int32_t, 8> ids{6, 0, 3, 3, 1, 3, 4, 6};
  const std::array<float, 24> zeros{};
  const auto r = tl::value_and_grad<tokens, tl::summed<tl::mse>, tl::batch<2>>(
      numbered(), tl::in<"x">(ids), tl::target_of<"y">(zeros));
  for (int row = 0; row < 7; ++row) {
    float visits = 0;
    for (const std::int32_t id : ids) visits += id == row ? 1.0f : 0.0f;
    for (int k = 0; k < 3; ++k)
      CHECK(r.gradient.get(0, row * 3 + k) == visits * 2 * static_cast<float>(row * 3 + k));
  }
}

TEST_CASE("it starts as PyTorch's") {
  const auto theta = tl::init<table>(tl::seed{3});
  double sum = 0, squares = 0;
  for (int e = 0; e < 64 * 32; ++e) {
    sum += theta.get(0, e);
    squares += theta.get(0, e) * theta.get(0, e);
  }
  CHECK(sum / 2048 == Approx(0).margin(0.1));
  CHECK(squares / 2048 == Approx(1).margin(0.1));
}

TEST_CASE("a network of scaled integers scales as a layer too") {
  const auto theta = tl::init<scaled>(tl::seed{1});
  tl::parameters<around> same;
  for (int i = 0; i < theta.size; ++i) same.data[i] = theta.data[i];
  const std::array<float, 2> x{3, 200};
  CHECK(tl::forward<around>(same, x) == tl::forward<scaled>(theta, x));
}
