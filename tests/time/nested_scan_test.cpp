// Scans and maps inside the bodies of scans against the same loops written out.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// A recurrence over the features of a step, which starts from what the outer scan carries.
struct from_the_carried {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{5, 3, 2});
    const tl::value w = g.parameter("w", tl::shape{4, 2}), u = g.parameter("u", tl::shape{4, 4});
    const auto r = loop(xs, g.constant(0.1, tl::shape{4}), [&](tl::value x, tl::value h) {
      const auto inner = loop(x, h, [&](tl::value row, tl::value s) {
        return m::tanh(m::matmul(w, row) + m::matmul(u, s) + 0.1 * h);
      });
      return tl::stepped{inner.last[0], m::sum(inner.all[0], 0)};
    });
    return m::concat(m::flatten(r.all[0]), r.last[0]);
  }
};

/// Backwards inside, several values, a number as a start, truncated; what is carried grows in rank.
struct several_values {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{4, 3}), a = g.parameter("a", tl::shape{3});
    const auto r = loop(xs, tl::values{a, 0.5}, [&](tl::value x, tl::values<2> s) {
      const auto inner = loop(
          tl::values{x, s[0]}, tl::values{s[1], 1.0},
          [&](tl::values<2> now, tl::values<2> in) {
            const tl::value next = 0.5 * in[0] + now[0] * now[1];
            return tl::stepped{tl::values{next, in[1] * m::sigmoid(next)},
                               tl::values{next, now[0]}};
          },
          tl::scan_options{.order = tl::scan_order::backward, .window = 2});
      return tl::stepped{tl::values{inner.all[0] * inner.all[1] + a, inner.last[1]}, inner.last[0]};
    });
    return m::concat(r.last[0], r.all[0]);
  }
};

}  // namespace

TEST_CASE("an inner scan starts from what the outer one carries", "[scan]") {
  laws::check_scan<from_the_carried, 1>();
  laws::check_scan<from_the_carried, 9, tl::lanes_over<tl::lane_axis::samples>>();
}
TEST_CASE("inner scans of several values, truncated, backwards", "[scan]") {
  laws::check_scan<several_values, 3>();
}
