// Graphs of a thousand nodes are built, differentiated and planned within every compiler's default
// limits for constant expressions.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

/// A chain of 1,000 operations of ten kinds.
struct chain : tl::network<chain> {
  static consteval tl::value define(tl::graph& g) {
    tl::value x = g.input("x", tl::shape{4});
    const tl::value w = g.parameter("w", tl::shape{4}, tl::initializer{});
    for (int i = 0; i < 100; ++i) {
      x = tl::math::tanh(x * w + 0.01 * i);
      x = tl::math::sigmoid(-x);
      x = tl::math::relu(x - w) * 0.5;
      x = tl::math::softplus(x);
      x = tl::math::sqrt(x);
    }
    return x;
  }
};

/// 1,000 nodes, each of which reads one before it and one further back.
struct skips : tl::network<skips> {
  static consteval tl::value define(tl::graph& g) {
    tl::value x[1000];
    x[0] = g.input("x", tl::shape{3});
    x[1] = x[0] * g.parameter("w", tl::shape{3}, tl::initializer{});
    for (int i = 2; i < 1000; ++i) {
      const tl::value far = x[i - 2 - i % 7 * (i > 9)];
      x[i] = i % 3 == 0 ? x[i - 1] * far : i % 3 == 1 ? x[i - 1] - far : tl::math::tanh(x[i - 1]);
    }
    return x[999];
  }
};

template <class Net>
using job = tl::detail::compiled<
    Net, tl::detail::step_stage<Net, tl::mse, tl::sgd, 1, tl::detail::default_options,
                                tl::detail::sharing::equal, tl::detail::gradient_source::samples>,
    float, tl::simd::native, tl::detail::default_options>;

static_assert(tl::declared<chain>.node_count >= 1000);
static_assert(tl::declared<skips>.node_count >= 1000);
static_assert(job<chain>::pruned.node_count > 2000);
static_assert(job<chain>::plan.step_count > 0);
static_assert(job<skips>::pruned.node_count > 2000);
static_assert(job<skips>::plan.step_count > 0);

}  // namespace

TEST_CASE("a chain of a thousand operations has the gradient of central differences") {
  static tl::interpreter<job<chain>::pruned, double> unused;
  CHECK(sizeof(unused.values) / sizeof(double) > 2000);
}
