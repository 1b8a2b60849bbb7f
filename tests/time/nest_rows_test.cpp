// Inside of two loops: rows by index, whose indices follow from what the inner one carries; and
// bodies of which nothing stays.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

struct rows_in_bodies {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{3, 6, 2}),
                    table = g.parameter("table", tl::shape{5, 2});
    const tl::value w = g.parameter("w", tl::shape{2});
    const auto r = loop(xs, w, [&](tl::value x, tl::value h) {
      const auto inner = loop(x, h, [&](tl::value e, tl::value s) {
        const tl::value index = m::floor(4.9 * m::sigmoid(m::sum(s * 3.0 + e)));
        return m::tanh(0.5 * s + m::gather(table, index) * e);
      });
      const tl::value last = m::gather(table, m::floor(4.9 * m::sigmoid(m::sum(inner.all[0]))));
      return 0.5 * h + inner.last[0] * last;
    });
    return m::concat(m::flatten(r.all[0]), r.last[0]);
  }
};

/// Inner loops whose bodies need nothing that is carried, of values from outside of both.
struct nothing_stays {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{4, 2}),
                    table = g.parameter("table", tl::shape{6, 2});
    const tl::value w = g.parameter("w", tl::shape{2});
    const auto r = loop(xs, w, [&](tl::value x, tl::value h) {
      const auto inner = loop(
          table * w, h, [&](tl::value e, tl::value) { return m::sin(w * e); },
          tl::scan_order::backward);
      const tl::value sum = m::sum(inner.all[0], 0) * 0.25;
      return tl::stepped{tl::values{0.5 * h + x * inner.last[0]}, tl::values{m::tanh(sum) * sum}};
    });
    const auto fixed = loop(xs, w, [&](tl::value, tl::value) {
      return m::mean(loop(table, w, [&](tl::value e, tl::value) { return m::cos(w * e); }).all[0],
                     0);
    });
    return m::concat(m::concat(m::flatten(r.all[0]), r.last[0]), m::flatten(fixed.all[0]));
  }
};

}  // namespace

TEST_CASE("rows by index inside of two loops", "[scan]") {
  laws::check_scan<rows_in_bodies, 1>();
  laws::check_scan<rows_in_bodies, 3>();
}
TEST_CASE("inner loops that need no loop at all", "[scan]") {
  laws::check_scan<nothing_stays, 3>();
}
