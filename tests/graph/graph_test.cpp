// The builder: sharing, folding, simplification and broadcasting, as constants.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

/// Runs a function on an empty graph with one input x of shape {2, 3} and a parameter w of {3}.
template <class F>
consteval bool holds(F f) {
  tl::detail::graph_storage<128> storage{};
  tl::graph g = storage.open();
  const tl::value x = g.input("x", tl::shape{2, 3});
  const tl::value w = g.leaf("w", tl::place::parameters, tl::shape{3}, false);
  return f(g, x, w);
}

constexpr bool same(tl::value a, tl::value b) { return a.owner == b.owner && a.id == b.id; }

using G = tl::graph;
using V = tl::value;

// Equal expressions are one node; others are not.
static_assert(holds([](G&, V x, V w) { return same(x * w, x * w); }));
static_assert(holds([](G&, V x, V w) { return same(tl::math::exp(x + w), tl::math::exp(x + w)); }));
static_assert(holds([](G&, V x, V w) { return !same(x - w, w - x); }));
static_assert(holds([](G&, V x, V) {
  return !same(tl::math::sum(x, 0), tl::math::sum(x, 1)) &&
         same(tl::math::sum(x, 0), tl::math::sum(x, 0));
}));
static_assert(holds([](G&, V x, V) {
  return !same(tl::math::pow(x, 1.5), tl::math::pow(x, 2.5));
}));
static_assert(holds([](G&, V x, V) {
  return !same(tl::math::leaky_relu<0.1>(x), tl::math::leaky_relu<0.2>(x));
}));
static_assert(holds([](G& g, V, V) {
  const V a = g.constant(1.0), b = g.constant(1.0), c = g.constant(-1.0);
  return same(a, b) && !same(a, c) && !same(g.constant(0.0), g.constant(-0.0));
}));

// A second use adds no nodes.
static_assert(holds([](G& g, V x, V w) {
  const V first = tl::math::tanh(x * w + 1.0);
  const int count = g.count;
  const V again = tl::math::tanh(x * w + 1.0);
  return g.count == count && same(first, again);
}));

// Numbers are computed, with a graph or without.
static_assert(holds([](G& g, V, V) { return (g.constant(2.0) * g.constant(4.0)).is(8); }));
static_assert(holds([](G& g, V, V) { return tl::math::sqrt(g.constant(9.0)).is(3); }));
static_assert((V{2.0} + V{3.0}).literal == 5 && !(V{2.0} + V{3.0}).recorded());
static_assert(tl::math::relu(V{-2.0}).is(0));
static_assert(holds([](G& g, V, V) {
  return tl::math::reshape(g.constant(2.0, tl::shape{6}), tl::shape{2, 3}).is(2);
}));
static_assert(holds([](G& g, V, V) {
  return tl::math::sum(g.constant(2.0, tl::shape{6})).is(12);
}));

// Neutral elements, double negation, and what the rules must leave alone.
static_assert(holds([](G&, V x, V) { return same(x * 1.0, x) && same(1.0 * x, x); }));
static_assert(holds([](G&, V x, V) { return same(x + 0.0, x) && same(0.0 + x, x); }));
static_assert(holds([](G&, V x, V) { return same(x - 0.0, x) && same(x / 1.0, x); }));
static_assert(holds([](G&, V x, V) { return same(-(-x), x); }));
static_assert(holds([](G&, V x, V) { return same(tl::math::pow(x, 1), x); }));
static_assert(holds([](G& g, V, V w) {  // x + 0 of a wider shape is not x
  return (w + g.constant(0.0, tl::shape{2, 3})).dims() == tl::shape(2, 3);
}));

// Views.
static_assert(holds([](G&, V x, V) {
  return same(tl::math::transpose(tl::math::transpose(x)), x);
}));
static_assert(holds([](G&, V x, V) {
  return same(tl::math::permute(tl::math::permute(x, tl::shape{1, 0}), tl::shape{1, 0}), x);
}));
static_assert(holds([](G&, V x, V) {
  return same(tl::math::reshape(tl::math::flatten(x), tl::shape{2, 3}), x);
}));
static_assert(holds([](G&, V x, V) {
  return same(tl::math::reshape(tl::math::reshape(x, tl::shape{3, 2}), tl::shape{6}),
              tl::math::flatten(x));
}));
static_assert(holds([](G&, V x, V) { return same(tl::math::slice(x, 1, 0, 3), x); }));
static_assert(holds([](G&, V x, V) { return same(tl::math::expand(x, tl::shape{2, 3}), x); }));

// Shapes and batches.
static_assert(holds([](G&, V x, V w) {
  return (x * w).dims() == tl::shape(2, 3) && (x * w).batched() && !(w * w).batched();
}));
static_assert(holds([](G& g, V x, V) {
  const V column = g.leaf("c", tl::place::parameters, tl::shape{2, 1}, false);
  return (column * x).dims() == tl::shape(2, 3);
}));
static_assert(holds([](G&, V, V w) {
  const V column = tl::math::reshape(w, tl::shape{3, 1});
  return (column * w).dims() == tl::shape(3, 3);
}));
static_assert(holds([](G&, V x, V w) {
  return tl::math::matmul(x, w).dims() == tl::shape(2) && !tl::sum_batch(x).batched() &&
         tl::math::sum(x, 1, true).dims() == tl::shape(2, 1) &&
         tl::math::sum(x).dims() == tl::shape();
}));

}  // namespace

TEST_CASE("a graph is built at run time as in a constant expression") {
  static tl::detail::graph_storage<64> storage{};
  tl::graph g = storage.open();
  const tl::value x = g.input("x", tl::shape{4});
  const tl::value y = tl::math::exp(x) + tl::math::exp(x);
  CHECK(g.count == 3);
  CHECK(y.dims() == tl::shape{4});
  CHECK(g.find("x", tl::place::input) == 0);
  CHECK(g.find("x", tl::place::parameters) == -1);
  CHECK_FALSE(g.failed());
}
