// Parameters in several roles, whose updates must wait for what still reads the old values.

#include <mutation/probe.hpp>

namespace {

using namespace mutation;

struct circle : tl::network<circle> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{7});
    const auto a = g.parameter("a", tl::shape{7}), b = g.parameter("b", tl::shape{7});
    return (x + a) * b;
  }
};
struct numbers_alone : tl::network<numbers_alone> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{});
    const auto a = g.parameter("a", tl::shape{}), b = g.parameter("b", tl::shape{});
    return tl::math::tanh(x * a) * b + a;
  }
};
struct twice : tl::network<twice> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{6});
    const auto w = g.parameter("w", tl::shape{6, 5});
    return tl::math::matmul(w, tl::math::matmul(tl::math::transpose(w), x));
  }
};
/// The gradient multiplies w itself: its update would overwrite what the product still reads.
struct squared : tl::network<squared> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{5});
    const auto w = g.parameter("w", tl::shape{5, 5});
    return tl::math::matmul(tl::math::matmul(w, w), x);
  }
};
/// The update of an element reads the element on the other side of the diagonal.
struct mirrored : tl::network<mirrored> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{5, 5});
    const auto w = g.parameter("w", tl::shape{5, 5});
    return x + w * tl::math::transpose(w);
  }
};
struct slices : tl::network<slices> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{7, 4});
    const auto w = g.parameter("w", tl::shape{7, 16}), v = g.parameter("v", tl::shape{7, 4});
    const auto low = tl::math::slice(w, 1, 2, 3), high = tl::math::slice(w, 1, 9, 4);
    const auto joined = tl::math::concat(tl::math::tanh(low), high * v, 1);
    return tl::math::sum(tl::math::concat(joined, tl::math::pad(x * v, 1, 1, 2), 1), 0) +
           tl::math::mean(tl::math::slice(w, 1, 2, 2));
  }
};
struct norms : tl::network<norms> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{5});
    const auto w = g.parameter("w", tl::shape{5}), last = g.parameter("last", tl::shape{8, 6});
    const auto u = tl::math::tanh(w);
    return tl::math::mean(tl::math::square(x * u)) * tl::math::sum(u * w) +
           tl::math::sum(tl::math::tanh(last));
  }
};

/// Keeps what the weights were one and two steps ago.
struct with_history {
  struct options {
    double learning_rate = 0.1;
  };
  struct progress {};
  static constexpr int states = 2, scalars = 1;
  static constexpr void advance(const options& o, progress&, double* scalar) {
    scalar[0] = o.learning_rate;
  }
  static constexpr tl::update step(tl::value w, tl::value g, const tl::value* state,
                                   const tl::value* scalar) {
    return {w - scalar[0] * g, {w, state[0]}};
  }
};

}  // namespace

int main() {
  probe<circle, tl::mse, tl::sgd>::ask<steps | slopes>("circle");
  probe<numbers_alone, tl::mse, tl::sgd, tl::batch<5>>::ask<steps | slopes>("numbers alone");
  probe<twice, tl::mse, tl::sgd, tl::batch<5>>::ask<steps | slopes>("twice");
  probe<squared, tl::mse, tl::sgd>::ask<steps | slopes>("squared");
  probe<mirrored, tl::mse, tl::sgd>::ask<steps | slopes>("mirrored");
  probe<slices, tl::mse, tl::adam, tl::batch<3>>::ask<steps | slopes>("slices");
  probe<norms, tl::mse, with_history, tl::batch<5>>::ask<steps | slopes>("norms");
  return result();
}
