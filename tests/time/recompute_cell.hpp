#pragma once
// A scan whose gradient computes steps once more, which tests share.

#include <laws/scan_law.hpp>

namespace recomputed_steps {

namespace tl = tapeless;
namespace m = tapeless::math;
using order = tl::scan_order;

/// Two carried values, a start that is learnt, weights used in and outside of the loop, a yield.
template <int Steps, int Group, tl::scan_order Order = tl::scan_order::forward, int Window = 0>
struct cell {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value x = g.input("x", tl::shape{Steps, 3});
    const tl::value w = g.parameter("w", tl::shape{4, 3}), u = g.parameter("u", tl::shape{4, 4}),
                    start = g.parameter("start", tl::shape{4}), a = g.parameter("a", tl::shape{4});
    const auto r = loop(
        x * m::sigmoid(m::mean(w)), tl::values{start, a * 0.3},
        [&](tl::value now, tl::values<2> s) {
          const tl::value gate = m::sigmoid(m::matmul(w, now) + m::matmul(u, s[0]));
          const tl::value c = gate * s[1] + (1.0 - gate) * m::tanh(m::matmul(u, s[0]) * a);
          return tl::stepped{tl::values{m::tanh(c) * gate, c}, tl::values{c * a + s[0], now * now}};
        },
        tl::scan_options{.order = Order, .window = Window, .recompute = Group});
    return m::concat(m::flatten(r.all[0]) * 0.5,
                     m::concat(m::flatten(r.all[1]), m::matmul(u, r.last[0]) + r.last[1]));
  }
};

}  // namespace recomputed_steps
