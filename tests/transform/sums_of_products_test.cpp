// Sums of contractions over the batch and over steps: the smaller factor is summed first.

#include <catch2/catch.hpp>
#include <laws/gradient_law.hpp>
#include <tapeless/tapeless.hpp>

namespace {

namespace tl = tapeless;
namespace math = tl::math;

/// The bias of the first layer stands in front of a product alone.
struct two_layers : tl::sequential<tl::input<24>, tl::dense<40>, tl::dense<32>> {};
struct without_bias : tl::sequential<tl::input<24>, tl::dense<40, tl::bias::off>, tl::dense<32>> {};
template <class Net>
constexpr double backward = tl::cost_of<Net, tl::mse, tl::sgd, tl::batch<64>>.flops_backward;

// W^T times one row, and not W^T times each of 64 rows once more: 2 * 32 * 40 each.
static_assert(backward<two_layers> - backward<without_bias> < 4 * 2 * 32 * 40);

/// The same for the bias of a normalisation in front of a product over steps.
struct normalized : tl::sequential<tl::input<16, 24>, tl::layer_norm<>, tl::dense_per_step<32>> {};
struct bare : tl::sequential<tl::input<16, 24>, tl::layer_norm<1, 1e-5, tl::affine::off>,
                             tl::dense_per_step<32>> {};
// The gradient of the factors needs that of the normalised values: one product of all steps.
static_assert(backward<normalized> - backward<bare> < 1.5 * 64 * 16 * 2 * 24 * 32);

constexpr auto summed = [](auto x, auto w) {
  const tl::value y = tl::einsum(x, "tc", w, "oc", "to");
  return math::sum(y, 0) * math::sum(w);
};
/// Of two parameters: computed once for all samples.
constexpr auto of_parameters = [](auto a, auto b) {
  const tl::value y = tl::einsum(a, "gtc", b, "goc", "gto");
  return math::sum(y, {0, 2}) + math::sum(math::sum(y, 1, true)) + math::sum(math::sum(y, {1, 2}));
};

}  // namespace

TEST_CASE("sums of contractions: gradients") {
  laws::check_gradients<
      laws::law_case<"batched", summed, laws::operand{tl::shape{4, 3}, true},
                     laws::operand{tl::shape{5, 3}}>,
      laws::law_case<"parameters", of_parameters, laws::operand{tl::shape{2, 4, 3}},
                     laws::operand{tl::shape{2, 5, 3}}>>();
}
TEST_CASE("sums of contractions: values") {
  struct product : tl::network<product> {
    static consteval tl::value define(tl::graph& g) {
      const auto a = g.parameter("a", tl::shape{2, 3}), b = g.parameter("b", tl::shape{4, 3});
      const auto y = tl::einsum(a, "tc", b, "oc", "to");
      const auto x = g.input("x", tl::shape{});
      return math::concat({math::sum(y, 0), math::sum(y, 1), math::reshape(math::sum(y), {1}),
                           math::reshape(math::sum(y, 0, true), tl::shape{4}) * x});
    }
  };
  tl::parameters<product, double> theta{};
  double a[2][3], b[4][3], y[2][4] = {};
  for (int i = 0; i < 6; ++i) theta.set(0, i, a[i / 3][i % 3] = i * i - 3);
  for (int i = 0; i < 12; ++i) theta.set(1, i, b[i / 3][i % 3] = 5 - i % 7);
  for (int t = 0; t < 2; ++t)
    for (int o = 0; o < 4; ++o)
      for (int c = 0; c < 3; ++c) y[t][o] += a[t][c] * b[o][c];
  const auto out = tl::forward<product>(theta, std::array<double, 1>{2});
  double total = 0;
  for (int o = 0; o < 4; ++o) {
    CHECK(out[static_cast<std::size_t>(o)] == Approx(y[0][o] + y[1][o]));
    CHECK(out[static_cast<std::size_t>(7 + o)] == Approx(2 * (y[0][o] + y[1][o])));
    total += y[0][o] + y[1][o];
  }
  for (int t = 0; t < 2; ++t)
    CHECK(out[static_cast<std::size_t>(4 + t)] == Approx(y[t][0] + y[t][1] + y[t][2] + y[t][3]));
  CHECK(out[6] == Approx(total));
}
