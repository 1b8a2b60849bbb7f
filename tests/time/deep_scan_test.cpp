// Three loops inside one another, and maps inside of scans.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// Three loops, a layer inside, and a gradient of the inner loop's result.
struct three_deep {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{3, 2, 2}), w = g.parameter("w", tl::shape{2});
    const auto r = loop(xs, w, [&](tl::value x, tl::value h) {
      const auto middle = loop(x, h, [&](tl::value row, tl::value s) {
        const auto inner =
            loop(row, 0.0, [&](tl::value e, tl::value n) { return n * 0.5 + e * m::sum(s); });
        return s * 0.5 + inner.last[0];
      });
      return h + tl::gradient(m::sum(m::square(middle.last[0])), h) * 0.1;
    });
    return r.all[0];
  }
};

struct frames : tl::network<frames> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{70, 4, 3});
    const tl::value w = g.parameter("w", tl::shape{5, 3});
    return tl::scan(xs, g.constant(0, tl::shape{5}),
                    [&](tl::value frame, tl::value h) {
                      const tl::value parts =
                          tl::map(frame, [&](tl::value x) { return m::tanh(m::matmul(w, x) + h); });
                      return m::sum(parts, 0) * 0.25;
                    })
        .all;
  }
};

}  // namespace

TEST_CASE("three scans inside one another, and a gradient in a body", "[scan]") {
  laws::check_scan<three_deep, 2>();
}
TEST_CASE("a map inside of a scan", "[scan]") {
  laws::check_steps<laws::three_steps, double, frames, tl::mse, tl::sgd, tl::batch<2>>();
}
