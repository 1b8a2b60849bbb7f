// Views, reductions, joins and constants; several inputs.

#include <mutation/probe.hpp>

namespace {

using namespace mutation;
namespace m = tl::math;

struct two_inputs : tl::network<two_inputs> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{3}), y = g.input("y", tl::shape{5});
    const auto w = g.parameter("w", tl::shape{3, 5}), c = g.parameter("c", tl::shape{3});
    const auto z = m::matmul(w, m::tanh(y));
    return m::tanh(z) + (z + c) * m::dot(x, c);
  }
};
struct positions : tl::network<positions> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{3, 4});
    const auto w = g.parameter("w", tl::shape{3, 3}), v = g.parameter("v", tl::shape{3, 1});
    const auto at = m::iota(g, tl::shape{3, 4}, 0);
    const auto product = tl::einsum(w, "ab", m::transpose(m::iota(g, tl::shape{4, 3})), "bc", "ac");
    return product * x + m::matmul(m::matmul(w, w), at * tl::value{0.5}) +
           m::mean(m::tanh(w * v) * m::iota(g, tl::shape{3, 3}));
  }
};
struct kept : tl::network<kept> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{3, 5});
    const auto w = g.parameter("w", tl::shape{3, 5}), u = g.parameter("u", tl::shape{2});
    const auto h = x * w;
    const auto below = h - tl::value{4.0};
    const auto tied = m::concat(u, u);
    const auto thin = m::tanh(g.parameter("t", tl::shape{3, 1}));
    return m::sum(thin, 1, true) * thin + h / (m::sum(m::square(h), 0, true) + tl::value{1.0}) +
           m::maximum(below, 1, true) + m::maximum(tied * m::sum(x));
  }
};
struct turned : tl::network<turned> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{2, 3, 4});
    const auto w = g.parameter("w", tl::shape{2, 3, 4}), p = g.parameter("p", tl::shape{5, 3});
    const auto turned = m::permute(m::tanh(w * x), tl::shape{2, 0, 1});
    const auto flat = m::reshape(turned, tl::shape{6, 4});
    return m::slice(m::sum(flat, 1), 0, 1, 4) *
               m::slice(m::reshape(m::tanh(p), tl::shape{15}), 0, 5, 4) +
           m::slice(m::reshape(p, tl::shape{15}), 0, 2, 4);
  }
};
struct signs_of_zero : tl::network<signs_of_zero> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{12});
    const auto w = g.parameter("w", tl::shape{12}), v = g.parameter("v", tl::shape{12});
    const auto part = [](tl::value a, double zero) {
      const auto s = tl::value{1.0} / (m::exp(a) * tl::value{zero});
      return m::sum(m::select(s > tl::value{1.0}, a, -a));
    };
    return m::tanh(x * w * part(w, 0.0)) + m::tanh(x * v * part(v, -0.0));
  }
};

/// A loss whose slope is the same for all samples.
struct total {
  static constexpr tl::shape target(tl::shape) { return {}; }
  static constexpr double terms(tl::shape) { return 1; }
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value) { return m::sum(y); }
};
struct alone : tl::network<alone> {
  static consteval tl::value define(tl::graph& g) {
    const auto x = g.input("x", tl::shape{3});
    return m::tanh(g.parameter("w", tl::shape{3})) + x * tl::value{2.0} +
           g.parameter("b", tl::shape{3});
  }
};
/// A number that is the same for all samples is the whole loss of each.
struct same_for_all : tl::network<same_for_all> {
  static consteval tl::value define(tl::graph& g) {
    (void)g.input("x", tl::shape{3});
    return m::tanh(g.parameter("w", tl::shape{}));
  }
};
struct itself : total {
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value) { return y; }
};

}  // namespace

int main() {
  probe<two_inputs, tl::mse, tl::sgd, tl::batch<5>>::ask<steps | slopes | outputs>("two inputs");
  probe<positions, tl::mse, tl::sgd, tl::batch<2>>::ask<steps | slopes>("positions");
  probe<kept, tl::mse, tl::sgd, tl::batch<5>>::ask<outputs | gradients | slopes>("kept");
  probe<turned, tl::mse, tl::sgd, tl::batch<2>>::ask<gradients | slopes>("turned");
  probe<signs_of_zero, tl::mse, tl::sgd>::ask<outputs>("signs of zero");
  probe<alone, total, tl::sgd, tl::batch<3>>::ask<gradients | slopes>("alone");
  probe<same_for_all, tl::summed<itself>, tl::sgd, tl::batch<3>>::ask<gradients | slopes>(
      "same for all");
  return result();
}
