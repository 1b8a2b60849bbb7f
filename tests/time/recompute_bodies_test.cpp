// What stands in and around scans that recompute.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// A body that reads nothing of its sequence, and one that carries nothing on; a scan over what
/// another one yields, both with groups of their own.
struct one_after_the_other {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value x = g.input("x", tl::shape{7, 2, 3});
    const tl::value w = g.parameter("w", tl::shape{2, 3}), u = g.parameter("u", tl::shape{3, 3});
    const auto first = loop(
        x, w, [&](tl::value now, tl::value h) { return m::sin(m::matmul(h, u) + now * h); },
        tl::scan_options{.recompute = 3});
    const auto second = loop(
        tl::values{first.all[0], g.constant(0.5, tl::shape{7, 2, 3})}, tl::values{0.25, w},
        [&](tl::values<2> now, tl::values<2> s) {
          return tl::stepped{tl::values{0.5 * s[0] + m::sum(now[0] * s[1]), w * now[1]},
                             s[0] * first.last[0]};
        },
        tl::scan_options{.order = tl::scan_order::backward, .recompute = 2});
    const auto third = loop(
        x, w, [&](tl::value, tl::value h) { return m::tanh(m::matmul(h, u)); },
        tl::scan_options{.recompute = 4});
    return m::concat(m::flatten(second.all[0]), m::flatten(third.last[0] + second.last[1])) +
           second.last[0];
  }
};

/// A loop in the body, which is written out then, and a map.
struct loops_in_the_body {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value x = g.input("x", tl::shape{6, 5, 2});
    const tl::value w = g.parameter("w", tl::shape{2}), u = g.parameter("u", tl::shape{2, 2});
    const auto r = loop(
        x, w,
        [&](tl::value rows, tl::value h) {
          const auto inner = loop(rows, h, [&](tl::value row, tl::value k) {
            return m::tanh(m::matmul(u, k) + row * w);
          });
          return tl::stepped{inner.last[0] + h * 0.5, m::mean(inner.all[0], 0)};
        },
        tl::scan_options{.recompute = 2});
    return m::concat(m::flatten(r.all[0]), r.last[0]);
  }
};

/// Gradients in the body and of the result, which the loss differentiates once more.
struct gradients_inside {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value x = g.input("x", tl::shape{5, 3});
    const tl::value w = g.parameter("w", tl::shape{3}), u = g.parameter("u", tl::shape{3, 3});
    const auto r = loop(
        x, w,
        [&](tl::value now, tl::value h) {
          const tl::value energy = m::sum(m::square(m::tanh(m::matmul(u, h)) - now));
          return h - 0.1 * tl::gradient(energy, h);
        },
        tl::scan_options{.recompute = 2});
    const tl::value size = m::sum(m::square(r.last[0])) + m::sum(r.all[0]);
    return m::concat(r.last[0], m::concat(tl::gradient(size, w), tl::gradient(size, u)[1]));
  }
};

}  // namespace

TEST_CASE("scans that recompute one after the other", "[scan]") {
  laws::check_scan<one_after_the_other, 2>();
}
TEST_CASE("recomputed steps around further loops", "[scan]") {
  laws::check_meaning<loops_in_the_body, 2>();
}
TEST_CASE("recomputed steps and gradients in declarations", "[scan]") {
  laws::check_meaning<gradients_inside, 2>();
}
