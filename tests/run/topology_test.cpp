// Hashes of saved files: they see everything that changes what a file means, and nothing else.

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <tapeless/tapeless.hpp>
#include <tapeless/train/checkpoint.hpp>

#include <train/scratch.hpp>

namespace tl = tapeless;

namespace {

template <class... Layers>
struct net : tl::sequential<tl::input<4>, Layers...> {};

template <class A, class B>
constexpr bool differ = tl::topology_hash<A> != tl::topology_hash<B>;
template <class A, class B>
constexpr bool optimizers_differ = tl::optimizer_hash<A> != tl::optimizer_hash<B>;

using tl::dense, tl::leaky_relu, tl::elu, tl::sgd_with, tl::adam_with, tl::rmsprop_with;

// Arguments of operations, their order, their shapes.
static_assert(!differ<net<dense<3>, leaky_relu<0.1>>, net<dense<3>, leaky_relu<0.1>>>);
static_assert(differ<net<dense<3>, leaky_relu<0.1>>, net<dense<3>, leaky_relu<0.4>>>);
static_assert(differ<net<dense<3>, leaky_relu<0.1>>, net<dense<3>, leaky_relu<0.1000001>>>);
static_assert(differ<net<dense<3>, elu<1.0>>, net<dense<3>, elu<1.5>>>);
static_assert(differ<net<dense<3>, tl::tanh, dense<3>>, net<dense<3>, dense<3>, tl::tanh>>);
static_assert(differ<net<dense<6>, tl::reshape_to<2, 3>>, net<dense<6>, tl::reshape_to<3, 2>>>);
static_assert(differ<net<tl::softmax>, net<tl::log_softmax>>);

/// A user's operation that is told from another of its kind by a template argument alone.
template <int Power>
struct repeated {
  static constexpr const char* name = "repeated";
  static constexpr bool no_gradient = true;
  template <class V>
  static constexpr V forward(V x) {
    V y = x;
    for (int i = 1; i < Power; ++i) y = y * x;
    return y;
  }
};
static_assert(differ<net<repeated<2>>, net<repeated<3>>>);

// Numbers between which no argument lies that bodies are tried with, of the library's operations
// and of a user's; an integer counts as its value.
static_assert(differ<net<tl::thresholded_relu<0.3>>, net<tl::thresholded_relu<0.4>>>);
static_assert(differ<net<tl::thresholded_relu<400>>, net<tl::thresholded_relu<500>>>);
static_assert(!differ<net<tl::thresholded_relu<2>>, net<tl::thresholded_relu<2.0>>>);
static_assert(!differ<net<elu<1>>, net<elu<1.0>>>);
template <double Threshold, bool Strict>
struct step_at {
  static constexpr const char* name = "step_at";
  static constexpr bool no_gradient = true;
  template <class V>
  static constexpr V forward(V x) {
    const V at = tl::rounded<V>(Threshold);
    return Strict ? tl::math::select(x > at, V(1), V(0)) : tl::math::select(x >= at, V(1), V(0));
  }
};
static_assert(differ<net<step_at<0.3, true>>, net<step_at<0.4, true>>>);
static_assert(differ<net<step_at<0.3, true>>, net<step_at<0.3, false>>>);

/// A composite of the user's.
template <int Axis>
struct centred {
  static constexpr const char* name = "centred";
  static constexpr tl::family kind = tl::family::composite;
  struct attributes {};
  static constexpr tl::result_type infer(tl::graph& g, const int* in, const attributes&) {
    return {g[in[0]].dims, g[in[0]].batched};
  }
  static constexpr void backward(tl::graph&, int, tl::value dy, tl::value* dx) { dx[0] = dy; }
  static constexpr tl::value decompose(tl::graph&, const tl::value* in, const attributes&) {
    return in[0] - tl::math::mean(in[0], Axis, true);
  }
};
static_assert(differ<net<tl::reshape_to<2, 2>, centred<0>>, net<tl::reshape_to<2, 2>, centred<1>>>);

template <double Number>
struct constant_net : tl::network<constant_net<Number>> {
  static consteval tl::value define(tl::graph& g) { return g.input("x", 3) * tl::value{Number}; }
};
static_assert(differ<constant_net<0.0>, constant_net<-0.0>>);

template <bool Swapped>
struct minus : tl::network<minus<Swapped>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 3), y = g.input("y", 3);
    return Swapped ? y - x : x - y;
  }
};
static_assert(differ<minus<false>, minus<true>>);

// The order of declaration does not count, nor do nodes that the result does not need.
template <bool InputFirst, bool Dead>
struct affine : tl::network<affine<InputFirst, Dead>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value first = InputFirst ? g.input("x", 3) : g.parameter("w", tl::shape{3});
    const tl::value second = InputFirst ? g.parameter("w", tl::shape{3}) : g.input("x", 3);
    if (Dead) static_cast<void>(tl::math::tanh(first) + tl::value{2.0});
    return tl::math::exp(InputFirst ? second * first : first * second);
  }
};
static_assert(!differ<affine<false, false>, affine<true, false>>);
static_assert(!differ<affine<false, false>, affine<false, true>>);

// The order of inputs and that of parameters do; so do inputs that nothing reads.
template <bool Swapped, int Unused = 1>
struct inputs : tl::network<inputs<Swapped, Unused>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.input(Swapped ? "y" : "x", 3), b = g.input(Swapped ? "x" : "y", 3);
    static_cast<void>(g.input("unused", Unused));
    return Swapped ? a - b : b - a;
  }
};
static_assert(differ<inputs<false>, inputs<true>> && differ<inputs<false>, inputs<false, 2>>);
template <bool Swapped>
struct weights : tl::network<weights<Swapped>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = g.parameter(Swapped ? "v" : "w", tl::shape{3}),
                    b = g.parameter(Swapped ? "w" : "v", tl::shape{3});
    return (Swapped ? b - a : a - b) * g.input("x", 3);
  }
};
static_assert(differ<weights<false>, weights<true>>);

// It counts which of two values an operand is.
template <bool Shared>
struct twice : tl::network<twice<Shared>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", 3), a = tl::math::tanh(x), b = tl::math::sigmoid(x);
    return (Shared ? a * b : a * a) + b;
  }
};
static_assert(differ<twice<false>, twice<true>>);

template <int Begin, int Axis>
struct cut : tl::network<cut<Begin, Axis>> {
  static consteval tl::value define(tl::graph& g) {
    return tl::math::slice(g.input("x", tl::shape{4, 4}), Axis, Begin, 2);
  }
};
static_assert(differ<cut<0, 0>, cut<1, 0>> && differ<cut<0, 0>, cut<0, 1>>);

// Which of two outputs is the first one.
template <bool Swapped>
struct outputs : tl::network<outputs<Swapped>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value a = tl::math::tanh(g.input("x", 3)), b = tl::math::exp(a);
    g.output("second", Swapped ? a : b);
    return g.output("first", Swapped ? b : a);
  }
};
static_assert(differ<outputs<false>, outputs<true>>);

// Optimizers and their settings; not their options.
static_assert(optimizers_differ<tl::sgd, tl::adam> && optimizers_differ<tl::adam, tl::adamw>);
static_assert(optimizers_differ<tl::adagrad, sgd_with<tl::sgd_settings{.momentum = 0.9}>>);
static_assert(optimizers_differ<sgd_with<tl::sgd_settings{.momentum = 0.9}>,
                                sgd_with<tl::sgd_settings{.momentum = 0.8}>>);
static_assert(optimizers_differ<sgd_with<tl::sgd_settings{.momentum = 0.9}>,
                                sgd_with<tl::sgd_settings{.momentum = 0.9, .nesterov = true}>>);
static_assert(optimizers_differ<tl::adam, adam_with<tl::adam_settings{.beta1 = 0.8}>>);
static_assert(optimizers_differ<tl::adam, adam_with<tl::adam_settings{.beta2 = 0.99}>>);
static_assert(optimizers_differ<tl::adam, adam_with<tl::adam_settings{.epsilon = 1e-7}>>);
static_assert(optimizers_differ<
              tl::adamw, adam_with<tl::adam_settings{.weight_decay = 0.1, .decoupled = true}>>);
static_assert(optimizers_differ<tl::rmsprop, rmsprop_with<tl::rmsprop_settings{.alpha = 0.9}>>);
static_assert(optimizers_differ<
              tl::adagrad, tl::adagrad_with<tl::adagrad_settings{.learning_rate_decay = 0.1}>>);

/// An optimizer with an operation that is told from another one by a template argument alone.
template <double Threshold>
struct sparse_descent {
  struct options {
    double learning_rate = 0.1;
  };
  struct progress {};
  static constexpr int states = 0, scalars = 1;
  static constexpr void advance(const options& o, progress&, double* scalar) {
    scalar[0] = o.learning_rate;
  }
  static constexpr tl::update step(tl::value w, tl::value g, const tl::value*,
                                   const tl::value* scalar) {
    return {w - scalar[0] * g * tl::apply<step_at<Threshold, true>>(tl::math::abs(g)), {}};
  }
};
static_assert(optimizers_differ<sparse_descent<0.3>, sparse_descent<0.4>>);

// Packing: shapes that take as much memory but lie in another way.
static_assert(tl::packing_hash<net<dense<3>>> != tl::packing_hash<net<dense<4>>>);
static_assert(tl::packing_hash<net<dense<3>, tl::relu>> ==
              tl::packing_hash<net<dense<3>, tl::tanh>>);

template <class Optimizer>
using trainer = tl::trainer<net<dense<3>>, tl::mse, Optimizer>;

/// Losses whose options are one number, with another meaning each.
template <bool Power>
struct one_number {
  struct options {
    double number = 2;
  };
  static constexpr void numbers(const options& o, double* scalar) { scalar[0] = o.number; }
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph& g, tl::value y, tl::value t) {
    const tl::value d = tl::math::abs(y - t), number = tl::loss_scalar(g, 0);
    return tl::math::sum(Power ? tl::math::pow(d, number) : d * number);
  }
};

}  // namespace

TEST_CASE("the hashes are the same on every compiler and instruction set") {
  CHECK(tl::topology_hash<net<dense<3>, leaky_relu<0.1>, tl::softmax>> == 0x59cd7411ad5c0a1full);
  CHECK(tl::optimizer_hash<tl::adam> == 0x0a9c499d2a88e489ull);
  CHECK(tl::packing_hash<net<dense<30>, dense<5>>> == 0x0e0a1a9301fe2bb7ull);
}

TEST_CASE("a checkpoint of another optimizer is refused") {
  scratch_folder folder;
  using momentum = sgd_with<tl::sgd_settings{.momentum = 0.9}>;
  trainer<momentum> t{tl::init<net<dense<3>>>(tl::seed{1})};
  const float x[4] = {1, 2, 3, 4}, y[3] = {};
  t.step(x, y);
  tl::save_checkpoint(folder / "c", t, {});
  trainer<momentum> same{tl::init<net<dense<3>>>(tl::seed{2})};
  tl::load_checkpoint(folder / "c", same);
  CHECK(std::memcmp(&same.state(), &t.state(), sizeof(t.state())) == 0);
  const auto refuses = [&](auto other) {
    const auto before = other.state().theta;
    CHECK_THROWS_WITH(tl::load_checkpoint(folder / "c", other),
                      Catch::Matchers::Contains("another optimizer"));
    CHECK(std::memcmp(&before, &other.state().theta, sizeof before) == 0);
  };
  refuses(trainer<tl::adagrad>{tl::init<net<dense<3>>>(tl::seed{2})});
  refuses(trainer<tl::rmsprop>{tl::init<net<dense<3>>>(tl::seed{2})});
  refuses(
      trainer<sgd_with<tl::sgd_settings{.momentum = 0.8}>>{tl::init<net<dense<3>>>(tl::seed{2})});
}

TEST_CASE("a checkpoint of another loss with options is refused") {
  scratch_folder folder;
  tl::trainer<net<dense<3>>, one_number<true>, tl::sgd> t{tl::seed{1}};
  t.loss_options().number = 3;
  tl::save_checkpoint(folder / "c", t, {});
  decltype(t) same{tl::seed{2}};
  tl::load_checkpoint(folder / "c", same);
  CHECK(same.loss_options().number == 3);
  tl::trainer<net<dense<3>>, one_number<false>, tl::sgd> other{tl::seed{2}};
  CHECK_THROWS_WITH(tl::load_checkpoint(folder / "c", other),
                    Catch::Matchers::Contains("another loss"));
  CHECK(other.loss_options().number == 2);
  CHECK(trainer<tl::sgd>::loss_hash == 0);
}
