// Networks inside networks under paths of their own, and layers that share parameters.

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;
namespace m = tl::math;

namespace {

struct policy : tl::sequential<tl::input<3>, tl::dense<4>, tl::tanh, tl::dense<2>> {};
/// A network of two inputs, written as a function that only the compiler can call.
struct critic : tl::network<critic> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value state = g.input("state", 3), action = g.input("action", 2);
    return g.dense("out", m::tanh(g.dense("in", m::concat(state, action), 5)), 1);
  }
};
/// -Q(s, pi(s)) for the update of an actor, and one net twice under two names.
struct actor_critic : tl::network<actor_critic> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value s = g.input("s", 3);
    const tl::value a = g.layer<policy>("actor", s);
    return m::concat(g.layer<tl::frozen<critic>>("q1", s, a), g.layer<critic>("q2", s, a));
  }
};
using all = tl::parameters<actor_critic>;
constexpr auto name = [](int i) { return all::tensors()[i].name.view(); };
static_assert(all::tensors().length() == 12);
static_assert(name(0) == "actor.0.weight" && name(3) == "actor.2.bias");
static_assert(name(4) == "q1.in.weight" && name(7) == "q1.out.bias" && name(8) == "q2.in.weight");
static_assert(!all::tensors()[4].trainable && !all::tensors()[7].trainable);
static_assert(all::tensors()[0].trainable && all::tensors()[8].trainable);
static_assert(tl::input_size<actor_critic> == 3 && tl::output_size<actor_critic> == 2);

/// The same written out.
struct written_out : tl::network<written_out> {
  static constexpr tl::value q(tl::graph& g, tl::path in, tl::path out, tl::value s, tl::value a) {
    return g.dense(out.view(), m::tanh(g.dense(in.view(), m::concat(s, a), 5)), 1);
  }
  static consteval tl::value define(tl::graph& g) {
    const tl::value s = g.input("s", 3);
    const tl::value a = g.dense("actor.2", m::tanh(g.dense("actor.0", s, 4)), 2);
    return m::concat(q(g, "q1.in", "q1.out", s, a), q(g, "q2.in", "q2.out", s, a));
  }
};

/// The distance of two inputs behind one encoder.
struct encoder : tl::sequential<tl::input<4>, tl::dense<6>, tl::relu, tl::dense<3>> {};
struct siamese : tl::network<siamese> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", 4), b = g.input("b", 4);
    const tl::value u = g.shared<encoder>("encoder", a), v = g.shared<encoder>("encoder", b);
    return m::sqrt(m::sum(m::square(u - v)) + tl::value{1e-6});
  }
};
static_assert(tl::parameters<siamese>::tensors().length() == 4);
static_assert(tl::parameters<siamese>::tensors()[0].name.view() == "encoder.0.weight");

/// The same with parameters that are used twice by hand.
struct siamese_by_hand : tl::network<siamese_by_hand> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", 4), b = g.input("b", 4);
    const tl::value w0 = g.parameter("encoder.0.weight", tl::shape{6, 4}, {}, true),
                    b0 = g.parameter("encoder.0.bias", 6),
                    w2 = g.parameter("encoder.2.weight", tl::shape{3, 6}, {}, true),
                    b2 = g.parameter("encoder.2.bias", 3);
    const auto e = [&](tl::value x) { return m::matmul(w2, m::relu(m::matmul(w0, x) + b0)) + b2; };
    return m::sqrt(m::sum(m::square(e(a) - e(b))) + tl::value{1e-6});
  }
};

/// One convolution on two images.
struct image_encoder
    : tl::sequential<tl::input<1, 6, 6>, tl::conv2d<9, 3>, tl::relu, tl::flatten, tl::dense<2>> {};
struct image_distance : tl::network<image_distance> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", tl::shape{1, 6, 6}), b = g.input("b", tl::shape{1, 6, 6});
    return g.shared<image_encoder>("e", a) - g.shared<image_encoder>("e", b);
  }
};
static_assert(tl::parameters<image_distance>::tensors().length() == 4);

struct recurrent : tl::sequential<tl::input<4>, tl::shared<"h", tl::dense<4>>, tl::tanh,
                                  tl::shared<"h", tl::dense<4>>, tl::tanh, tl::dense<1>> {};
static_assert(tl::parameters<recurrent>::tensors().length() == 4);
static_assert(tl::parameters<recurrent>::tensors()[0].name.view() == "h.weight");
static_assert(tl::parameters<recurrent>::tensors()[2].name.view() == "4.weight");

/// One place that is frozen freezes a shared layer, also where others came before.
struct frozen_later
    : tl::sequential<tl::input<4>, tl::shared<"h", tl::dense<4>>, tl::tanh,
                     tl::frozen<tl::shared<"h", tl::dense<4>>>, tl::shared<"h", tl::dense<4>>> {};
static_assert(tl::parameters<frozen_later>::tensors().length() == 2);
static_assert(!tl::parameters<frozen_later>::tensors()[0].trainable);
static_assert(!tl::parameters<frozen_later>::tensors()[1].trainable);
/// A layer has the name of its own inside `frozen` too.
struct named_frozen
    : tl::sequential<tl::input<4>, tl::frozen<tl::named<"fc", tl::dense<4>>>, tl::dense<1>> {};
static_assert(tl::parameters<named_frozen>::tensors()[0].name.view() == "fc.weight");
static_assert(!tl::parameters<named_frozen>::tensors()[0].trainable);
static_assert(tl::parameters<named_frozen>::tensors()[2].trainable);
struct frozen_encoder : tl::network<frozen_encoder> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input("a", 4), b = g.input("b", 4);
    const tl::value u = g.shared<encoder>("e", a), v = g.shared<tl::frozen<encoder>>("e", b);
    return g.dense("out", u - v, 2);
  }
};
static_assert(!tl::parameters<frozen_encoder>::tensors()[0].trainable);
static_assert(!tl::parameters<frozen_encoder>::tensors()[3].trainable);
static_assert(tl::parameters<frozen_encoder>::tensors()[4].trainable);

/// An autoencoder with tied weights.
struct tied : tl::network<tied> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 4);
    const tl::value h = m::tanh(g.dense("encode", x, 2));
    return m::matmul(m::transpose(g.existing("encode.weight")), h);
  }
};
static_assert(tl::parameters<tied>::tensors().length() == 2);

/// A network of one's own as a layer in a row, inside another one that is inside a third.
struct squared : tl::network<squared> {
  static consteval tl::value define(tl::graph& g) {
    return m::square(g.dense("fc", g.input("x", 4), 2));
  }
};
struct in_a_row : tl::sequential<tl::input<4>, squared, tl::dense<1>> {};
struct deeper : tl::network<deeper> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 4);
    return g.layer<in_a_row>("left", x) + g.layer<in_a_row>("right", x);
  }
};
static_assert(tl::parameters<in_a_row>::tensors()[0].name.view() == "0.fc.weight");
static_assert(tl::parameters<deeper>::tensors()[4].name.view() == "right.0.fc.weight");

struct noisy_net : tl::network<noisy_net> {
  static consteval tl::value define(tl::graph& g) {
    return m::sum(g.input("x", 64)) * tl::value{0.0} + noise(g);
  }
  static constexpr tl::value noise(tl::graph& g) { return m::uniform(g, 8); }
};
struct noises : tl::network<noises> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 64);
    return m::concat(m::concat(g.layer<noisy_net>("a", x), g.layer<noisy_net>("b", x)),
                     m::uniform(g, 8));
  }
};

template <class Net>
tl::parameters<Net> some_parameters() {
  tl::parameters<Net> theta;
  for (int t = 0; t < theta.tensors().length(); ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e)
      theta.set(t, e, 0.5f * std::sin(1.7f * static_cast<float>(t) + static_cast<float>(e)));
  return theta;
}

/// Both declarations give the same outputs and the same gradients.
template <class Net, class Other>
void check_equal() {
  static_assert(tl::parameters<Net>::scalar_count == tl::parameters<Other>::scalar_count);
  constexpr int rows = 9;
  float x[rows * tl::input_size<Net>], y[rows * tl::output_size<Net>],
      z[rows * tl::output_size<Net>];
  for (int i = 0; i < rows * tl::input_size<Net>; ++i)
    x[i] = std::cos(0.9f * static_cast<float>(i));
  const auto theta = some_parameters<Net>();
  const auto other = some_parameters<Other>();
  tl::forward<Net, tl::batch<rows>>(theta, static_cast<const float*>(x), y);
  tl::forward<Other, tl::batch<rows>>(other, static_cast<const float*>(x), z);
  for (int i = 0; i < rows * tl::output_size<Net>; ++i) CHECK(y[i] == Approx(z[i]).margin(1e-6));
  const float target[rows * tl::output_size<Net>] = {};
  const auto a = tl::value_and_grad<Net, tl::mse, tl::batch<rows>>(
      theta, static_cast<const float*>(x), target);
  const auto b = tl::value_and_grad<Other, tl::mse, tl::batch<rows>>(
      other, static_cast<const float*>(x), target);
  CHECK(a.loss == Approx(b.loss));
  for (int t = 0; t < theta.tensors().length(); ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e)
      if (theta.tensors()[t].trainable)
        CHECK(a.gradient.get(t, e) == Approx(b.gradient.get(t, e)).margin(1e-6));
}

}  // namespace

TEST_CASE("a network inside another computes what it computes alone") {
  check_equal<actor_critic, written_out>();
  const auto theta = some_parameters<actor_critic>();
  tl::parameters<policy> pi;
  for (int t = 0; t < 4; ++t)
    for (int e = 0; e < pi.tensors().of[t].dims.count(); ++e) pi.set(t, e, theta.get(t, e));
  tl::parameters<critic> q;
  for (int t = 0; t < 4; ++t)
    for (int e = 0; e < q.tensors().of[t].dims.count(); ++e) q.set(t, e, theta.get(t + 8, e));
  const std::array<float, 3> s{0.3f, -0.4f, 1.5f};
  const auto a = tl::forward<policy>(pi, s);
  const auto value = tl::forward<critic>(q, std::array{s[0], s[1], s[2], a[0], a[1]});
  CHECK(tl::forward<actor_critic>(theta, s)[1] == Approx(value[0]));
}

TEST_CASE("shared layers have one set of parameters") {
  check_equal<siamese, siamese_by_hand>();
  static_assert(tl::topology_hash<siamese> == tl::topology_hash<siamese_by_hand>);
  constexpr auto theta = tl::init<siamese>(tl::seed{1});
  constexpr auto same = tl::forward<siamese>(theta, std::array<float, 8>{1, 2, 3, 4, 1, 2, 3, 4});
  static_assert(same[0] < 1.1e-3f);

  const auto h = some_parameters<recurrent>();
  std::array<float, 4> x{1, -1, 0.5f, 2};
  const float start[] = {x[0], x[1], x[2], x[3]};
  for (int k = 0; k < 2; ++k) {
    std::array<float, 4> next{};
    for (int i = 0; i < 4; ++i) {
      float sum = h.get(1, i);
      for (int j = 0; j < 4; ++j) sum += h.get(0, 4 * i + j) * x[static_cast<std::size_t>(j)];
      next[static_cast<std::size_t>(i)] = std::tanh(sum);
    }
    x = next;
  }
  float y = h.get(3, 0);
  for (int j = 0; j < 4; ++j) y += h.get(2, j) * x[static_cast<std::size_t>(j)];
  CHECK(tl::forward<recurrent>(h, std::array{start[0], start[1], start[2], start[3]})[0] ==
        Approx(y).epsilon(1e-5));
}

TEST_CASE("kernels of an inner convolution lie as those of the network alone") {
  const auto theta = tl::init<image_distance>(tl::seed{4});
  tl::parameters<image_encoder> alone;
  CHECK(tl::copy_parameters(tl::part<"e">(theta), alone) == 4);
  std::array<float, 72> x;
  std::array<float, 36> a, b;
  for (std::size_t i = 0; i < 72; ++i) x[i] = std::sin(static_cast<float>(i));
  for (std::size_t i = 0; i < 36; ++i) a[i] = x[i], b[i] = x[i + 36];
  const auto u = tl::forward<image_encoder>(alone, a), v = tl::forward<image_encoder>(alone, b);
  const auto d = tl::forward<image_distance>(theta, x);
  for (std::size_t i = 0; i < 2; ++i) CHECK(d[i] == Approx(u[i] - v[i]).epsilon(1e-4));
}

TEST_CASE("a training step of shared and inner networks") {
  tl::trainer<siamese, tl::contrastive<1.0>, tl::adam, tl::batch<2>> t{tl::seed{3}};
  const float xs[] = {1, 0, 0, 0, 1, 0.1f, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1}, ys[] = {1, 0};
  const float before = t.loss(xs, ys);
  for (int i = 0; i < 200; ++i) t.step(xs, ys);
  CHECK(t.loss(xs, ys) < 0.5f * before);
  tl::trainer<tied, tl::mse, tl::adam, tl::batch<2>> u{tl::seed{3}};
  const float first = u.loss(xs, xs);
  for (int i = 0; i < 200; ++i) u.step(xs, xs);
  CHECK(u.loss(xs, xs) < first);
}

TEST_CASE("random numbers of inner networks are streams of their own") {
  std::array<float, 64> x{};
  const auto y = tl::forward<noises>(tl::parameters<noises>{}, x);
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(y[i] != y[i + 8]);
    CHECK(y[i] != y[i + 16]);
    CHECK(y[i + 8] != y[i + 16]);
  }
}
