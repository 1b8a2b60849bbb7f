// Gradients of losses of samples that are right to all digits, and values near the largest number.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

/// y = x + w with w = 0, so that the gradient of w is that of the outputs.
template <int N>
struct outputs : tl::network<outputs<N>> {
  static consteval tl::value define(tl::graph& g) {
    return g.input("x", tl::shape{N}) + g.parameter("w", tl::shape{N}, tl::initializer{});
  }
};

/// One row in a batch of equal ones.
template <class Loss, int Batch, std::size_t N>
auto of_row(const std::array<float, N>& y, float t) {
  std::array<float, N * Batch> x{};
  std::array<float, Batch> wanted{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = y[i % N];
  wanted.fill(t);
  constexpr int n = static_cast<int>(N);
  const tl::parameters<outputs<n>> zeros{};
  return tl::value_and_grad<outputs<n>, Loss, tl::batch<Batch>>(zeros, x.data(), wanted.data());
}

template <int Batch>
void check_focal() {
  using loss = tl::focal<0.5>;
  for (const float lead : {20.0f, 40.0f, 200.0f, 1e5f}) {
    INFO("lead " << lead << ", batch " << Batch);
    const auto r = of_row<loss, Batch>(std::array{lead, 0.0f, 1.0f, 2.0f}, 0);
    CHECK(r.loss >= 0);
    CHECK(r.loss < 1e-6f);
    for (int i = 0; i < 4; ++i) CHECK(std::abs(r.gradient.get(0, i)) < 1e-7f);
  }
  // ln 2 (1 - 1/2)^(1/2), and its slope.
  const auto r = of_row<loss, Batch>(std::array{0.0f, 0.0f}, 0);
  CHECK(r.loss == Approx(0.490129));
  CHECK(r.gradient.get(0, 0) == Approx(-0.476086));
}

/// Against the formula in double: 5 t ln(1 + e^-y) + (1 - t) ln(1 + e^y).
template <int Batch>
void check_weighted() {
  for (const float y : {-90.0f, -30.0f, -17.0f, -2.5f, 0.0f, 0.3f, 12.0f, 20.0f, 60.0f, 1e5f}) {
    for (const float t : {0.0f, 1.0f, 0.25f}) {
      INFO("y " << y << ", t " << t << ", batch " << Batch);
      const auto softplus = [](double x) {
        return std::fmax(x, 0) + std::log1p(std::exp(-std::abs(x)));
      };
      const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
      const double d = static_cast<double>(y), p = static_cast<double>(t);
      const auto r = of_row<tl::weighted_bce_with_logits<5>, Batch>(std::array{y}, t);
      CHECK(static_cast<double>(r.loss) ==
            Approx(5 * p * softplus(-d) + (1 - p) * softplus(d)).epsilon(1e-6).margin(1e-37));
      const double slope = t == 0   ? sigmoid(d)
                           : t == 1 ? -5 * sigmoid(-d)
                                    : (1 - p) * sigmoid(d) - 5 * p * sigmoid(-d);
      CHECK(static_cast<double>(r.gradient.get(0, 0)) == Approx(slope).epsilon(1e-6).margin(1e-37));
    }
  }
  // The limit, as that of bce_with_logits.
  CHECK(of_row<tl::weighted_bce_with_logits<5.0>, Batch>(std::array{HUGE_VALF}, 1).loss == 0);
}

}  // namespace

TEST_CASE("a focal loss with a power below 1 has a gradient where the sample is right") {
  check_focal<1>();
  check_focal<8>();
}

TEST_CASE("the weighted binary cross-entropy keeps its digits for saturated logits") {
  check_weighted<1>();
  check_weighted<8>();
}

TEST_CASE("smoothed labels of the largest logits") {
  const std::array y{1e38f, -1e38f, 0.0f, 0.0f};
  CHECK(of_row<tl::smoothed_cross_entropy<0.1>, 1>(y, 0).loss == Approx(1e37f));
  CHECK(of_row<tl::class_weights<tl::smoothed_cross_entropy<0.2>, 1.0, 5.0, 0.5, 2.0>, 1>(y, 0)
            .loss == Approx(6.25e37f));
}
