// Positions in memory; outputs and parameters that nothing depends on.

#include <catch2/catch.hpp>
#include <run/against_reference.hpp>

using namespace against_reference;

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
