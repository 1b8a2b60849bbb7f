// Updates of parameters that are read in several places: every read of a call means the old value.

#include <catch2/catch.hpp>
#include <run/against_reference.hpp>

using namespace against_reference;

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
