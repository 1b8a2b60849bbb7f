// Graphs of a thousand nodes are built, differentiated and planned within the limits that compilers
// set for constant expressions by default.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

/// Length / 10 rounds of ten operations.
template <int Length>
struct chain : tl::network<chain<Length>> {
  static consteval tl::value define(tl::graph& g) {
    tl::value x = g.input("x", tl::shape{4});
    const tl::value w = g.parameter("w", tl::shape{4}, tl::initializer{});
    for (int i = 0; i < Length / 10; ++i) {
      x = tl::math::tanh(x * w + 0.01 * i);
      x = tl::math::sigmoid(-x);
      x = tl::math::relu(x - w) * 0.5;
      x = tl::math::softplus(x);
      x = tl::math::sqrt(x);
    }
    return x;
  }
};

/// Length nodes, each of which reads one before it and one further back.
template <int Length>
struct skips : tl::network<skips<Length>> {
  static consteval tl::value define(tl::graph& g) {
    tl::value x[Length];
    x[0] = g.input("x", tl::shape{3});
    x[1] = x[0] * g.parameter("w", tl::shape{3}, tl::initializer{});
    for (int i = 2; i < Length; ++i) {
      const tl::value far = x[i - 2 - i % 7 * (i > 9)];
      x[i] = i % 3 == 0 ? x[i - 1] * far : i % 3 == 1 ? x[i - 1] - far : tl::math::tanh(x[i - 1]);
    }
    return x[Length - 1];
  }
};

template <class Net>
using forward_job = tl::detail::forward_job<Net, float>;
template <class Net>
using step_job = tl::detail::compiled<
    Net,
    tl::detail::step_stage<Net, tl::mse, tl::sgd, 1, tl::detail::default_options,
                           tl::detail::sharing::equal, tl::detail::gradient_source::samples>,
    float, tl::simd::native, tl::detail::default_options>;
template <class Net>
constexpr auto differentiated =
    tl::freeze<tl::detail::gradient_stage<Net, tl::mse, 1, tl::detail::default_options>>();

static_assert(tl::declared<chain<1000>>.node_count >= 1000);
static_assert(tl::declared<skips<1000>>.node_count >= 1000);
static_assert(differentiated<chain<400>>.node_count > 1000);
static_assert(differentiated<skips<400>>.node_count > 1000);
static_assert(forward_job<skips<1000>>::plan.step_count > 0);
static_assert(step_job<chain<200>>::plan.step_count > 0);

}  // namespace

TEST_CASE("a chain of a thousand operations is computed as by plain loops") {
  tl::parameters<chain<1000>, float> theta;
  const std::array<float, 4> w{0.5f, -0.25f, 0.75f, 1.0f}, x{1, 2, -1, 0.5f};
  for (int i = 0; i < 4; ++i) theta.set(0, i, w[static_cast<std::size_t>(i)]);
  const auto y = tl::forward<chain<1000>>(theta, x);
  for (std::size_t i = 0; i < 4; ++i) {
    double v = x[i];
    for (int k = 0; k < 100; ++k) {
      v = std::tanh(v * w[i] + 0.01 * k);
      v = 1 / (1 + std::exp(v));
      v = std::max(v - w[i], 0.0) * 0.5;
      v = std::sqrt(std::log1p(std::exp(v)));
    }
    CHECK(y[i] == Approx(v).epsilon(1e-5));
  }
}
