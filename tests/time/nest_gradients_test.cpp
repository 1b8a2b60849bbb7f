// Loops inside loops against the same loops written out: what enters and leaves at either level,
// and gradients of all of it.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// Weights of both levels, sequences that have gradients, starts that are learnt.
struct all_have_gradients {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value x = g.input("x", tl::shape{6, 3});
    const tl::value spread = g.parameter("spread", tl::shape{7, 1}),
                    w = g.parameter("w", tl::shape{3});
    const tl::value u = g.parameter("u", tl::shape{3, 3}), v = g.parameter("v", tl::shape{3, 3});
    const tl::value start = g.parameter("start", tl::shape{3});
    const auto r = loop(x, tl::values{start, 0.2 * w}, [&](tl::value now, tl::values<2> s) {
      const tl::value rows = spread * now + m::sum(s[1]) * 0.1;
      const auto inner = loop(rows, 0.3 * s[0] + w, [&](tl::value row, tl::value h) {
        return m::tanh(m::matmul(u, h) + w * row + s[0]);
      });
      const tl::value next = m::tanh(m::matmul(v, inner.last[0]) + now);
      return tl::stepped{tl::values{next, s[1] * 0.5 + inner.all[0][2]},
                         m::mean(inner.all[0] * spread, 0) + s[0]};
    });
    return m::concat(m::flatten(r.all[0]), r.last[1]);
  }
};

/// Inner loops over a sequence from outside of both, one after the other; the outer one walks back.
struct outside_sequence {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{5, 4}), ys = g.input("y", tl::shape{8, 4});
    const tl::value a = g.parameter("a", tl::shape{8, 4}), b = g.parameter("b", tl::shape{4, 4});
    const tl::value table = ys * a;
    const auto r = loop(
        xs, g.constant(0.5, tl::shape{4}),
        [&](tl::value x, tl::value h) {
          const auto first = loop(
              table, h, [&](tl::value row, tl::value s) { return 0.5 * s + m::sin(row * x); },
              tl::scan_order::backward);
          const auto second =
              loop(tl::values{first.all[0], table}, tl::values{0.1, x},
                   [&](tl::values<2> now, tl::values<2> s) {
                     const tl::value next = m::tanh(m::matmul(b, s[1]) + now[0] * now[1]);
                     return tl::stepped{tl::values{s[0] * 0.7 + m::sum(next), next}, s[0] * next};
                   });
          return tl::stepped{h * 0.5 + second.last[1] * second.last[0],
                             second.all[0][7] + first.last[0]};
        },
        tl::scan_order::backward);
    return m::concat(m::flatten(r.all[0]), r.last[0]);
  }
};

}  // namespace

TEST_CASE("gradients through both of two loops", "[scan]") {
  laws::check_scan<all_have_gradients, 1>();
  laws::check_scan<all_have_gradients, 9, tl::lanes_over<tl::lane_axis::samples>>();
}
TEST_CASE("inner loops over a sequence from outside of both", "[scan]") {
  laws::check_scan<outside_sequence, 3>();
}
