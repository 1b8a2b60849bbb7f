// The law of scans for tables that are read by index inside of a loop: by what comes in, by what is
// carried, and both gradients of a table that is read in every step.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tl::math;

constexpr tl::value index_of(tl::value x) { return m::floor(x * tl::value{2.0} + tl::value{3.0}); }

struct reader {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, const Loop& loop) {
    const tl::value x = g.input("x", tl::shape{4, 3});
    const tl::value a = g.parameter("a", tl::shape{6, 5}), b = g.parameter("b", tl::shape{6, 5});
    const tl::value h = g.parameter("h", tl::shape{5});
    const auto r = loop(x, h, [&](tl::value now, tl::value before) {
      const tl::value rows = m::gather(a, index_of(now));
      const tl::value own = m::gather(b, index_of(before[0]));
      const tl::value next = m::tanh(m::sum(rows, 0) * before + own);
      return tl::stepped{next, m::gather(m::tanh(a), index_of(now)) * next};
    });
    return m::concat(m::flatten(r.all[0]), r.last[0]);
  }
};

/// What no step carries leaves the loop: rows of the same table in each step, and of tables that
/// differ from step to step.
struct outside {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, const Loop& loop) {
    const tl::value x = g.input("x", tl::shape{4, 3});
    const tl::value tables = g.parameter("t", tl::shape{4, 6, 5});
    const tl::value h = g.parameter("h", tl::shape{5});
    const auto r = loop(tl::values{x, tables}, h, [&](tl::values<2> now, tl::value before) {
      const tl::value rows = m::gather(now[1], index_of(now[0]));
      return tl::stepped{m::tanh(before + m::sum(rows, 0)), rows};
    });
    return m::flatten(r.all[0] * r.last[0]);
  }
};

}  // namespace

TEST_CASE("the law of scans: rows of a table") {
  laws::check_scan<reader, 3>();
  laws::check_scan<reader, 9, tl::lanes_over<tl::lane_axis::samples>>();
}
TEST_CASE("the law of scans: rows of a table of each step") { laws::check_scan<outside, 3>(); }
