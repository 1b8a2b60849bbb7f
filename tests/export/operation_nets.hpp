#pragma once
// Networks written as functions, which together have every operation that is no activation.

#include <export/c_law.hpp>

namespace c_export {

namespace math = tapeless::math;
using tl::value;

struct arithmetic : tl::network<arithmetic> {
  static consteval value define(tl::graph& g) {
    const value x = g.input("x", tl::shape{6}), w = g.parameter("w", tl::shape{6});
    const value p = math::abs(x) + value{0.5}, q = math::square(w) + value{0.25};
    const value roots = math::sqrt(p) / q - math::divide_fast(x, p) + math::pow(p, 2.5);
    const value powers = math::pow(q, -3) + math::pow(p, 0.3) + math::pow(q, 1.0 / 3);
    const value logs = math::log(p) * math::log1p(q) - math::exp(-p) + math::expm1(x * w);
    return roots + powers * value{0.1} + logs + math::exp_exponent(x * value{3.0});
  }
};
struct choices : tl::network<choices> {
  static consteval value define(tl::graph& g) {
    const value x = g.input("x", tl::shape{3, 5}), w = g.parameter("w", tl::shape{5});
    const value smaller = math::min(x, w), larger = math::max(x, value{0.3});
    const value by_mask = math::select(x > w, x * w, smaller - larger);
    const value count = (x >= w) + (x < value{0.5}) + (x <= w) + (x == x) + (x != w);
    return by_mask + count * w + math::select(w, x, larger) + math::detach(x) * w;
  }
};
struct scaled : tl::network<scaled> {
  static consteval value define(tl::graph& g) {
    const value x = g.input("x", tl::shape{4}), w = g.parameter("w", tl::shape{4});
    return math::exp_scaled(x * w, math::exp_exponent(math::abs(x * w)) + value{1.0});
  }
};
struct views : tl::network<views> {
  static consteval value define(tl::graph& g) {
    const value x = g.input("x", tl::shape{3, 5}), w = g.parameter("w", tl::shape{3, 5});
    const value joined =
        math::concat(math::slice(x, 1, 1, 3) * value{2.0}, math::exp(x * w), 1);  // {3, 8}
    const value turned = math::reshape(math::transpose(math::sigmoid(x)), tl::shape{3, 5}) * w;
    const value padded = math::pad(turned, 1, 1, 2);                           // {3, 8}
    const value square = math::diagonal(math::matmul(x, math::transpose(w)));  // {3}
    const value places = math::iota(g, tl::shape{3, 8}) - math::iota(g, tl::shape{3, 8}, 0);
    return joined + padded + math::expand(math::reshape(square, tl::shape{3, 1}), tl::shape{3, 8}) +
           places * value{0.01};
  }
};
struct products : tl::network<products> {
  static consteval value define(tl::graph& g) {
    const value x = g.input("x", tl::shape{2, 3, 5}), w = g.parameter("w", tl::shape{3, 5});
    const value v = math::sum(x, 2);  // {2, 3}
    return tl::einsum("cmk,mk->kc", x, w) + math::sum(tl::einsum("cmk,cmk->c", x, x)) +
           math::dot(math::sum(v, 0), math::sum(w, 1)) +
           math::transpose(
               math::permute(math::outer(math::sum(w, 0), math::mean(v, 1)), tl::shape{1, 0}));
  }
};
struct reductions : tl::network<reductions> {
  static consteval value define(tl::graph& g) {
    const value x = g.input("x", tl::shape{2, 3, 20}), w = g.parameter("w", tl::shape{3, 20});
    const value largest = math::maximum(x * w, 2) * math::sum(math::maximum(x, 1, true), 2);
    return largest + math::sum(math::log_sum_exp(x * w), 2) + math::maximum(w) + math::mean(x, 2) +
           math::sum(math::log_softmax(x * w) * math::softmax(x), 2);
  }
};
struct several_inputs : tl::network<several_inputs> {
  static consteval value define(tl::graph& g) {
    const value x = g.input("x", tl::shape{3}), y = g.input("y", tl::shape{2, 3});
    return math::matmul(y, x) + g.parameter("b", tl::shape{2}) +
           math::sum(math::uniform(g, tl::shape{2, 7}), 1);
  }
};
/// Nothing depends on the input, or on a parameter.
struct constant : tl::network<constant> {
  static consteval value define(tl::graph& g) {
    g.input("x", tl::shape{3});
    return math::tanh(g.parameter("w", tl::shape{4}));
  }
};
struct bare : tl::network<bare> {
  static consteval value define(tl::graph& g) { return math::tanh(g.input("x", tl::shape{3})); }
};
/// The gradient as a value.
struct curvature : tl::network<curvature> {
  static consteval value define(tl::graph& g) {
    const value x = g.input("x", tl::shape{}), w = g.parameter("w", tl::shape{});
    const value y = math::tanh(w * x * x) * x;
    return tl::gradient(tl::gradient(y, x), x);
  }
};

template <class T, class... Options>
void check_operations() {
  class law all;
  all.training<T, arithmetic, tl::mse, tl::sgd, Options...>();
  all.training<T, choices, tl::mse, tl::sgd, Options...>();
  all.training<T, views, tl::mse, tl::sgd, Options...>();
  all.training<T, products, tl::mse, tl::sgd, Options...>();
  all.training<T, reductions, tl::mse, tl::sgd, Options...>();
  all.training<T, several_inputs, tl::mse, tl::sgd, Options...>();
  all.training<T, curvature, tl::mse, tl::sgd, Options...>();
  all.forward<T, scaled, Options...>();
  all.forward<T, constant, Options...>();
  all.forward<T, bare, Options...>();
  all.check();
}

}  // namespace c_export
