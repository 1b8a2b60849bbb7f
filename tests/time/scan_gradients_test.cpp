// Scans against their meaning: gradients of scans in declarations, and gradients in bodies.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// The gradient of a scan in a declaration, which is differentiated again.
struct gradient_inside {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{4, 2});
    const tl::value u = g.parameter("u", tl::shape{3, 3}), w = g.parameter("w", tl::shape{3, 2});
    const auto r = loop(xs, g.constant(0.1, tl::shape{3}), [&](tl::value x, tl::value h) {
      return m::tanh(m::matmul(w, x) + m::matmul(u, h));
    });
    const tl::value y = m::sum(r.last[0]);
    return m::concat(r.last[0], m::flatten(tl::gradient(y, xs)));
  }
};

/// Each step goes down the slope of an energy: a gradient in the body.
struct energy {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{4, 3});
    const tl::value w = g.parameter("w", tl::shape{5, 3}), h0 = g.parameter("h0", tl::shape{3});
    const auto r = loop(xs, h0, [&](tl::value x, tl::value h) {
      const tl::value e = m::sum(m::tanh(m::matmul(w, h)) * 0.5) + m::sum(m::square(h - x));
      return h - 0.1 * tl::gradient(e, h);
    });
    return m::concat(r.last[0], m::flatten(r.all[0]));
  }
};

}  // namespace

TEST_CASE("derivatives of derivatives of scans", "[scan]") {
  laws::check_scan<gradient_inside, 1>();
  laws::check_scan<gradient_inside, 3>();
}

TEST_CASE("gradients in bodies of scans", "[scan]") {
  laws::check_scan<energy, 1>();
  laws::check_scan<energy, 9>();
}
