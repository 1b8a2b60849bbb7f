// Scans against their meaning: beside other values, and behind one another.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// Two sequences; a value of the sample from outside; a parameter inside and outside.
struct from_outside {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{3, 4}), c = g.input("c", tl::shape{4});
    const tl::value w = g.parameter("w", tl::shape{4, 4});
    const tl::value ys = m::tanh(m::matmul(xs, w));
    const auto r = loop(tl::values{xs, ys}, m::matmul(w, c), [&](tl::values<2> x, tl::value h) {
      return m::tanh(h * x[1] + m::matmul(w, x[0]) * c);
    });
    return m::concat(r.last[0] * c, m::matmul(w, r.all[0][1]));
  }
};

/// A scan of what a scan yields, and both directions beside each other.
struct one_behind_another {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{5, 3});
    const tl::value u = g.parameter("u", tl::shape{3, 3}), v = g.parameter("v", tl::shape{3, 3});
    const tl::value h0 = g.constant(0, tl::shape{3});
    const auto cell = [](tl::value w) {
      return [w](tl::value x, tl::value h) { return m::tanh(x + m::matmul(w, h)); };
    };
    const auto first = loop(xs, h0, cell(u));
    const auto back = loop(first.all[0], first.last[0], cell(v), tl::scan_order::backward);
    const auto both = m::concat(first.all[0], back.all[0], 1);
    return m::concat(m::flatten(both), back.last[0]);
  }
};

}  // namespace

TEST_CASE("scans beside other values and scans", "[scan]") {
  laws::check_scan<from_outside, 3>();
  laws::check_scan<one_behind_another, 2>();
  laws::check_scan<one_behind_another, 16>();
}
