// Updates of parameters that are read in several places: every read of a call means the old value.
// Trainers by kernels are held to trainers by the reference semantics.

#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace m = tl::math;

namespace {

/// A network from a function of the graph.
template <auto Define>
struct net_of : tl::network<net_of<Define>> {
  static consteval tl::value define(tl::graph& g) { return Define(g); }
};

using momentum = tl::sgd_with<
    tl::sgd_settings{.momentum = 0.9, .nesterov = true, .weight_decay = 0.1}>;

template <class Trainer>
auto trained(int count, int steps) {
  using net = typename Trainer::network;
  tl::parameters<net, double> theta{};
  for (int t = 0; t < theta.tensors().count; ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e)
      theta.set(t, e, std::sin(1.3 * t + 0.7 * e + 0.2) * 0.4);
  Trainer own{theta, {}, 7};
  constexpr int rows = Trainer::batch_size;
  double x[rows * Trainer::input_size + 1], t[rows * Trainer::target_size + 1];
  for (int i = 0; i < rows * Trainer::input_size; ++i) x[i] = std::sin(0.9 * i + 0.1);
  for (int i = 0; i < rows * Trainer::target_size; ++i) t[i] = std::cos(1.1 * i);
  struct result {
    tl::parameters<net, double> theta;
    double loss = 0;
    double y[rows * Trainer::output_size];
  } r{{}, 0, {}};
  for (int k = 0; k < steps; ++k) r.loss += own.step(x, t, count);
  r.theta = own.parameters();
  own.predict(x, r.y);
  return r;
}

template <class Net, class Optimizer, int Batch, class... Options>
void check(int count, int steps) {
  using options = tl::scalar_type<double>;
  const auto got =
      trained<tl::trainer<Net, tl::mse, Optimizer, tl::batch<Batch>, options, Options...>>(count,
                                                                                          steps);
  const auto wanted = trained<tl::trainer<Net, tl::mse, Optimizer, tl::batch<Batch>, options,
                                          tl::by_reference, Options...>>(count, steps);
  const auto near = [](double x) { return Approx(x).epsilon(1e-11).margin(1e-12); };
  CHECK(got.loss == near(wanted.loss));
  for (int i = 0; i < got.theta.size; ++i) CHECK(got.theta.data[i] == near(wanted.theta.data[i]));
  for (std::size_t i = 0; i < sizeof(got.y) / sizeof(double); ++i)
    CHECK(got.y[i] == near(wanted.y[i]));
}

template <auto Define>
void check_net() {
  using net = net_of<Define>;
  check<net, tl::sgd, 5>(5, 2);
  check<net, momentum, 9>(2, 3);
  check<net, tl::adam, 1>(1, 2);
  check<net, tl::adam, 16, tl::lanes_over<tl::lane_axis::samples>>(16, 2);
}

}  // namespace

TEST_CASE("updates that read each other's old values") {
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 3), a = g.parameter("a", 3), b = g.parameter("b", 3);
    return (x + a) * b;
  }>();
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 3), a = g.parameter("a", 3), b = g.parameter("b", 3);
    const tl::value c = g.parameter("c", 3);
    return (x + a) * b + (x + b) * c + (x + c) * a;
  }>();
}

TEST_CASE("a gradient that reads its own parameter") {
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 6), w = g.parameter("w", tl::shape{6, 6});
    return m::matmul(m::matmul(w, m::transpose(w)), x);
  }>();
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 6), w = g.parameter("w", tl::shape{6, 6});
    return m::matmul(w * m::transpose(w), x);
  }>();
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 3), w = g.parameter("w", 3);
    return x * w * w * w;
  }>();
}

TEST_CASE("a gradient with several writers") {
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 3), w = g.parameter("w", 7);
    return m::tanh(x * m::slice(w, 0, 0, 3)) + m::slice(w, 0, 3, 3);
  }>();
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 4), w = g.parameter("w", tl::shape{3, 4});
    const tl::value both = m::concat(m::slice(w, 0, 1, 2), m::slice(m::tanh(w), 0, 0, 1) * x, 0);
    return m::matmul(both, x);
  }>();
}

TEST_CASE("positions in memory") {
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 4), w = g.parameter("w", 4);
    return m::dot(m::iota(g, 4), w) * x;
  }>();
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 4), w = g.parameter("w", tl::shape{4, 3});
    const tl::value columns = m::transpose(m::iota(g, tl::shape{3, 4}));
    return x * m::sum(columns * w + m::slice(m::iota(g, tl::shape{4, 5}), 1, 2, 3), 1);
  }>();
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 6), w = g.parameter("w", tl::shape{2, 3});
    return m::reshape(m::transpose(w), 6) * x +
           m::reshape(w, 6) * m::detach(m::reshape(m::iota(g, tl::shape{2, 3}), 6));
  }>();
}

TEST_CASE("outputs and parameters that do not depend on anything") {
  check_net<[](tl::graph& g) {
    g.input("x", 4);
    const tl::value w = g.parameter("w", 5);
    return w * w;
  }>();
  check_net<[](tl::graph& g) {
    g.input("x", 4);
    return m::iota(g, 5) * tl::value{0.25};
  }>();
  check_net<[](tl::graph& g) {
    const tl::value x = g.input("x", 4), w = g.parameter("w", 4), u = g.parameter("u", 4);
    g.parameter("unused", 3);
    return x * w + m::detach(u);
  }>();
}

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
    const auto one = tl::forward<net>(theta, std::array{x[4 * s], x[4 * s + 1], x[4 * s + 2],
                                                        x[4 * s + 3]});
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
