// Loops inside loops against the same loops written out: directions, windows and gradients in
// bodies.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// Windows at both levels; the inner loop walks back.
struct windows {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{7, 6, 2}), a = g.parameter("a", tl::shape{2});
    const tl::value u = g.parameter("u", tl::shape{2, 2});
    const auto r = loop(
        xs, a,
        [&](tl::value x, tl::value h) {
          const auto inner = loop(
              x * a, h,
              [&](tl::value row, tl::value s) { return m::tanh(m::matmul(u, s) + row * h); },
              tl::scan_options{.order = tl::scan_order::backward, .window = 4});
          return tl::stepped{inner.last[0], m::flatten(inner.all[0])};
        },
        tl::scan_options{.window = 3});
    return m::concat(m::flatten(r.all[0]), r.last[0]);
  }
};

/// Gradients inside of both bodies: of an inner loop's result, and of a step of the inner loop.
struct gradients_in_bodies {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{3, 6, 2}), w = g.parameter("w", tl::shape{2});
    const tl::value start = g.parameter("start", tl::shape{2});
    const auto r = loop(xs, start, [&](tl::value x, tl::value h) {
      const auto inner = loop(x, 0.5 * x[0], [&](tl::value row, tl::value s) {
        const tl::value energy = m::sum(m::square(s * w - row * h));
        const tl::value of_step = m::sum(m::sin(m::detach(s) * h + row));
        return s - 0.1 * tl::gradient(energy, s) + 0.05 * tl::gradient(of_step, h);
      });
      // Written out, what is carried would depend on w too.
      const auto of_weight = loop(x, 0.5 * x[0], [&](tl::value row, tl::value s) {
        return m::tanh(s * w + row * m::detach(h));
      });
      const tl::value loss = m::sum(m::square(inner.last[0])) + m::sum(inner.all[0] * x);
      return h + 0.1 * tl::gradient(loss, h) - 0.1 * tl::gradient(m::sum(of_weight.all[0]), w);
    });
    return r.all[0];
  }
};

}  // namespace

TEST_CASE("loops inside loops: windows at both levels", "[scan]") {
  laws::check_scan<windows, 2>();
}
TEST_CASE("loops inside loops: gradients in bodies", "[scan]") {
  laws::check_scan<gradients_in_bodies, 2>();
}
