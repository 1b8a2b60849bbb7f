// Gradients inside a declaration and random numbers: every operation works on one sample.

#include <catch2/catch.hpp>
#include <run/against_reference.hpp>

using namespace against_reference;

TEST_CASE("gradients inside a declaration are those of one sample") {
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 4), w = g.parameter("w", 4);
    return x * tl::gradient(m::sum(w * w * x), w);
  }>();
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 4), w = g.parameter("w", tl::shape{4, 4});
    return m::sum(tl::gradient(m::sum(m::tanh(m::matmul(w, x))), w), 0);
  }>();
  // The output of a sample does not depend on its neighbours.
  using net = net_of<[](tl::graph& g) {
    const tl::value x = g.input("x", 4), w = g.parameter("w", tl::shape{3, 4});
    return m::flatten(tl::gradient(m::sum(m::tanh(m::matmul(w, x))), w));
  }>;
  tl::parameters<net> theta{};
  for (int e = 0; e < 12; ++e) theta.set(0, e, 0.1f * static_cast<float>(e) - 0.5f);
  float x[9 * 4], y[9 * 12];
  for (int i = 0; i < 36; ++i) x[i] = std::sin(static_cast<float>(i));
  tl::forward<net, tl::batch<9>>(theta, static_cast<const float*>(x), y);
  for (int s = 0; s < 9; ++s) {
    const auto one =
        tl::forward<net>(theta, std::array{x[4 * s], x[4 * s + 1], x[4 * s + 2], x[4 * s + 3]});
    for (int i = 0; i < 12; ++i)
      CHECK(y[12 * s + i] == Approx(one[static_cast<std::size_t>(i)]).epsilon(1e-5).margin(1e-6));
  }
}

TEST_CASE("random numbers of a network that does not train") {
  using net = net_of<[](tl::graph& g) {
    const tl::value x = g.input("x", 5);
    return x * m::uniform(g, 5) + m::transpose(m::uniform(g, tl::shape{1, 5}));
  }>;
  static_assert(tl::output_size<net> == 25);
  std::array<float, 5> x{1, 1, 1, 1, 1};
  const auto y = tl::forward<net>(tl::parameters<net>{}, x);
  constexpr auto at_compile_time =
      tl::forward<net>(tl::parameters<net>{}, std::array<float, 5>{1, 1, 1, 1, 1});
  for (std::size_t i = 0; i < y.size(); ++i) CHECK(y[i] == Approx(at_compile_time[i]));
}

namespace {

/// A loss that adds noise of its own.
struct noisy : tl::detail::elementwise_loss {
  static constexpr tl::value lower(tl::graph& g, tl::value y, tl::value t) {
    return m::sum((y - t) * m::uniform(g, y.dims()));
  }
};

}  // namespace

TEST_CASE("dropout and the loss draw from streams of their own") {
  using net = net_of<[](tl::graph& g) {
    return m::uniform(g, 8) + tl::value{0.0} * g.input("x", 8) + g.parameter("w", 8);
  }>;
  using stage = tl::detail::gradient_stage<net, noisy, 1, tl::detail::default_options>;
  static constexpr auto built = tl::freeze<stage>();
  int streams[4], count = 0;
  for (const tl::node& n : built.nodes)
    if (tl::is<tl::uniform>(n.op)) streams[count++] = tl::attributes_of<tl::uniform>(n).stream;
  REQUIRE(count == 2);
  CHECK(streams[0] != streams[1]);
}
