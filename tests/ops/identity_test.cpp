// Operations are told apart by identity, not by name; attributes are compared whole.

#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

// Bodies that a local struct can inherit: local classes have no member templates of their own.
template <auto Body>
struct by_lambda {
  static constexpr const char* name = "custom";
  template <class V>
  static constexpr V forward(V x) {
    return Body(x);
  }
  template <class V>
  static constexpr V backward(V dy, V, V) {
    return dy;
  }
};

namespace impostors {

/// A user's operation that is called like the library's product.
struct mul {
  static constexpr const char* name = "mul";
  static constexpr int arity = 2;
  template <class V>
  static constexpr V forward(V a, V b) {
    return a - b;
  }
  template <class V>
  static constexpr tl::gradients<V, 2> backward(V dy, V, V, V) {
    return {dy, -dy};
  }
};

struct copy {
  static constexpr const char* name = "copy";
  template <class V>
  static constexpr V forward(V x) {
    return x + x;
  }
  template <class V>
  static constexpr V backward(V dy, V, V) {
    return dy + dy;
  }
};

/// One whose name begins as that of the broadcast over the batch.
struct spring {
  static constexpr const char* name = "spring";
  template <class V>
  static constexpr V forward(V x) {
    return x * V(3);
  }
  template <class V>
  static constexpr V backward(V dy, V, V) {
    return dy * V(3);
  }
};

}  // namespace impostors

/// Every attribute reaches the body, in every lane.
struct polynomial {
  static constexpr const char* name = "polynomial";
  enum class sign : signed char { plus = 1, minus = -1 };
  struct attributes {
    int degree;
    double factor;
    bool shifted;
    sign s;
  };
  template <class V>
  static constexpr V forward(V x, const attributes& a) {
    V y = V(1);
    for (int i = 0; i < a.degree; ++i) y = y * x;
    y = y * tl::rounded<V>(a.factor * static_cast<int>(a.s));
    return a.shifted ? y + V(1) : y;
  }
  template <class V>
  static constexpr V backward(V dy, V x, V, const attributes& a) {
    V d = tl::rounded<V>(a.factor * static_cast<int>(a.s) * a.degree);
    for (int i = 1; i < a.degree; ++i) d = d * x;
    return dy * d;
  }
};

/// The attributes of operations that name none, with two operands.
struct weighted_sum {
  static constexpr const char* name = "weighted_sum";
  static constexpr int arity = 2;
  template <class V>
  static constexpr V forward(V a, V b, const tl::attributes& w) {
    return a * V(w.index[0]) + b * V(w.index[5]) + tl::rounded<V>(w.number);
  }
  template <class V>
  static constexpr tl::gradients<V, 2> backward(V dy, V, V, V, const tl::attributes& w) {
    return {dy * V(w.index[0]), dy * V(w.index[5])};
  }
};

namespace {

template <auto Define>
struct net_of : tl::network<net_of<Define>> {
  static consteval tl::value define(tl::graph& g) { return Define(g); }
};

/// Outputs and gradients of a batch by kernels equal those of the reference semantics.
template <class Net, int Batch>
void check() {
  tl::parameters<Net, double> theta{};
  for (int t = 0; t < theta.tensors().count; ++t)
    for (int e = 0; e < theta.tensors().of[t].dims.count(); ++e)
      theta.set(t, e, 0.2 + 0.1 * t - 0.03 * e);
  double x[Batch * tl::input_size<Net>], y[Batch * tl::output_size<Net>],
      z[Batch * tl::output_size<Net>];
  for (int i = 0; i < Batch * tl::input_size<Net>; ++i) x[i] = 0.3 * (i % 7) - 0.8;
  tl::forward<Net, tl::batch<Batch>>(theta, static_cast<const double*>(x), y);
  tl::forward<Net, tl::batch<Batch>, tl::by_reference>(theta, static_cast<const double*>(x), z);
  for (int i = 0; i < Batch * tl::output_size<Net>; ++i) CHECK(y[i] == Approx(z[i]).epsilon(1e-12));
  const auto a = tl::value_and_grad<Net, tl::mse, tl::batch<Batch>>(
      theta, static_cast<const double*>(x), static_cast<const double*>(z));
  const auto b = tl::value_and_grad<Net, tl::mse, tl::batch<Batch>, tl::by_reference>(
      theta, static_cast<const double*>(x), static_cast<const double*>(z));
  CHECK(a.loss == Approx(b.loss).margin(1e-14));
  for (int i = 0; i < theta.size; ++i)
    CHECK(a.gradient.data[i] == Approx(b.gradient.data[i]).epsilon(1e-11).margin(1e-14));
}

}  // namespace

TEST_CASE("an operation of the user's that has the name of one of the library's") {
  using sums = net_of<[](tl::graph& g) {
    const tl::value x = g.input("x", 20), w = g.parameter("w", tl::shape{6, 20});
    return tl::math::sum(tl::apply<impostors::mul>(w, tl::math::expand(x, tl::shape{6, 20})), 1);
  }>;
  check<sums, 1>();
  check<sums, 9>();
  using copies = net_of<[](tl::graph& g) {
    const tl::value x = g.input("x", 20), w = g.parameter("w", 20);
    return tl::apply<impostors::copy>(x) * tl::apply<impostors::copy>(w);
  }>;
  check<copies, 3>();
  using springs = net_of<[](tl::graph& g) {
    const tl::value x = g.input("x", 5), w = g.parameter("w", 5);
    return tl::apply<impostors::spring>(w) * x + tl::apply<impostors::spring>(x);
  }>;
  check<springs, 4>();
}

TEST_CASE("two structs of one name in two blocks of a function") {
  const tl::operation *first = nullptr, *second = nullptr;
  {
    struct local : by_lambda<[](auto x) { return x; }> {};
    first = &tl::description<local>;
  }
  {
    struct local : by_lambda<[](auto x) { return x + x; }> {};
    second = &tl::description<local>;
  }
  CHECK_FALSE(tl::same_operation(first, second));
}

TEST_CASE("two operations that differ in a lambda") {
  using net = net_of<[](tl::graph& g) {
    const tl::value x = g.input("x", 3);
    using twice = by_lambda<[](auto v) { return v + v; }>;
    using thrice = by_lambda<[](auto v) { return v + v + v; }>;
    return tl::apply<twice>(x) - tl::apply<thrice>(x);
  }>;
  const auto y = tl::forward<net>(tl::parameters<net>{}, std::array{1.0f, 2.0f, -3.0f});
  CHECK(y[0] == -1);
  CHECK(y[2] == 3);
}

TEST_CASE("attributes reach the body at run time as in constant expressions") {
  using net = net_of<[](tl::graph& g) {
    const tl::value x = g.input("x", 19), w = g.parameter("w", 19);
    using sign = polynomial::sign;
    const tl::value y = tl::apply_with<polynomial>({3, 0.5, true, sign::minus}, x) +
                        tl::apply_with<polynomial>({2, 0.5, true, sign::minus}, w) +
                        tl::apply_with<polynomial>({2, 0.5, false, sign::plus}, w);
    return tl::apply_with<weighted_sum>({1.5, {2, 0, 0, 0, 0, -3}}, y, x);
  }>;
  check<net, 1>();
  check<net, 17>();
}

TEST_CASE("nodes that differ in one attribute alone are two") {
  struct stage {
    static consteval void build(tl::graph& g) {
      const tl::value x = g.input("x", 3);
      using sign = polynomial::sign;
      g.yield(tl::apply_with<polynomial>({2, 0.0, false, sign::plus}, x));
      g.yield(tl::apply_with<polynomial>({2, -0.0, false, sign::plus}, x));
      g.yield(tl::apply_with<polynomial>({2, 0.0, false, sign::minus}, x));
      g.yield(tl::apply_with<polynomial>({2, 0.0, false, sign::plus}, x));
    }
  };
  static constexpr auto g = tl::freeze<stage>();
  CHECK(g.results[0] != g.results[1]);
  CHECK(g.results[0] != g.results[2]);
  CHECK(g.results[0] == g.results[3]);
}

TEST_CASE("numbers that differ in the sign of zero have kernels of their own") {
  using net = net_of<[](tl::graph& g) {
    const tl::value x = g.input("x", 20), w = g.parameter("w", 20);
    // Equal nests but for the sign: each stored by a step of its own.
    const tl::value a = tl::math::select(x > w, x, tl::value{0.0});
    const tl::value b = tl::math::select(x > w, x, tl::value{-0.0});
    return tl::value{1.0} / tl::math::concat(a, b);
  }>;
  tl::parameters<net> theta{};
  std::array<float, 20> x{};
  x.fill(-1);
  const auto y = tl::forward<net, tl::expand_as<tl::expansion::loops>>(theta, x);
  const auto z = tl::forward<net, tl::expand_as<tl::expansion::shared>>(theta, x);
  for (std::size_t i = 0; i < 40; ++i) {
    CHECK(std::signbit(y[i]) == (i >= 20));
    CHECK(std::signbit(z[i]) == (i >= 20));
  }
}
