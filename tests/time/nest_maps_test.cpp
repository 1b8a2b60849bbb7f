// Loops inside loops that need little of the loop around them; maps, and layers in bodies.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// An inner loop that needs nothing of the outer one, and one that needs its step alone.
struct needs_no_outer_loop {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{4, 9, 3});
    const tl::value u = g.parameter("u", tl::shape{3, 3}), c = g.parameter("c", tl::shape{6, 3});
    const auto r = loop(xs, g.constant(0, tl::shape{3}), [&](tl::value x, tl::value h) {
      const auto fixed =
          loop(c, 0.5 * c[0], [&](tl::value row, tl::value s) { return m::tanh(0.9 * s + row); });
      const auto words = loop(x, g.constant(0, tl::shape{3}), [&](tl::value row, tl::value s) {
        return m::tanh(m::matmul(u, s) + row);
      });
      return m::tanh(h * fixed.last[0] + words.last[0] + m::maximum(words.all[0], 0));
    });
    return r.all[0];
  }
};

/// A scan in a map, and a map of a map whose bodies use what the outer element is.
struct maps : tl::network<maps> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{4, 9, 3});
    const tl::value w = g.parameter("w", tl::shape{5, 3}), u = g.parameter("u", tl::shape{3, 3});
    const tl::value scanned = tl::map(xs, [&](tl::value x) {
      return tl::scan(
                 x, 0.5 * x[1],
                 [&](tl::value row, tl::value s) { return m::tanh(m::matmul(u, s) + row * x[0]); })
          .all;
    });
    const tl::value mapped = tl::map(xs, [&](tl::value x) {
      const tl::value scores =
          tl::map(x, [&](tl::value row) { return m::softmax(m::matmul(w, row * x[2])); });
      return m::sum(scores, 0);
    });
    return m::concat(m::flatten(scanned), m::flatten(mapped));
  }
};

/// A layer with a scan of its own for each sentence, in a scan over sentences.
struct sentences : tl::network<sentences> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{3, 6, 2});
    const tl::value v = g.parameter("v", tl::shape{4, 4});
    return tl::scan(xs, g.constant(0, tl::shape{4}),
                    [&](tl::value words, tl::value h) {
                      const tl::value read =
                          g.layer<tl::lstm<4, tl::recurrent{.yield = tl::yields::last}>>("read",
                                                                                         words);
                      return m::tanh(m::matmul(v, h) + read);
                    })
        .all;
  }
};

}  // namespace

TEST_CASE("loops inside loops that need nothing of the outer one", "[scan]") {
  laws::check_scan<needs_no_outer_loop, 4>();
}
TEST_CASE("scans and maps in maps", "[scan]") {
  laws::check_steps<laws::three_steps, double, maps, tl::mse, tl::sgd, tl::batch<2>>();
}
TEST_CASE("a recurrent layer in the body of a scan", "[scan]") {
  laws::check_steps<laws::three_steps, double, sentences, tl::mse, tl::sgd, tl::batch<2>>();
}
