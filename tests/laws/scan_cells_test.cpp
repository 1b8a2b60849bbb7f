// Scans against their meaning: recurrent cells of one and of several carried values.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

template <int Steps>
struct tanh_cell {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{Steps, 3});
    const tl::value w = g.parameter("w", tl::shape{5, 3}), u = g.parameter("u", tl::shape{5, 5});
    const tl::value b = g.parameter("b", tl::shape{5}), h0 = g.parameter("h0", tl::shape{5});
    const auto r = loop(xs, h0, [&](tl::value x, tl::value h) {
      return m::tanh(m::matmul(w, x) + m::matmul(u, h) + b);
    });
    return m::concat(r.last[0], m::flatten(r.all[0]));
  }
};

template <int Steps, int Width>
struct lstm_cell {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{Steps, 2});
    const tl::value w = g.parameter("w", tl::shape{4 * Width, 2});
    const tl::value u = g.parameter("u", tl::shape{4 * Width, Width});
    const tl::value b = g.parameter("b", tl::shape{4 * Width});
    const tl::value zero = g.constant(0, tl::shape{Width});
    const auto r = loop(xs, tl::values{zero, zero}, [&](tl::value x, tl::values<2> s) {
      const tl::value gates = m::matmul(w, x) + m::matmul(u, s[0]) + b;
      const auto gate = [&](int k) { return m::slice(gates, 0, k * Width, Width); };
      const tl::value c = m::sigmoid(gate(1)) * s[1] + m::sigmoid(gate(0)) * m::tanh(gate(2));
      const tl::value h = m::sigmoid(gate(3)) * m::tanh(c);
      return tl::stepped{tl::values{h, c}, h};
    });
    return m::concat(m::concat(r.last[0], r.last[1]), m::flatten(r.all[0]));
  }
};

/// Backwards, with what is yielded computed from what is carried and from the sequence.
struct backward_cell {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{6, 4});
    const tl::value w = g.parameter("w", tl::shape{4, 4}), v = g.parameter("v", tl::shape{3, 4});
    const auto r = loop(
        xs, g.constant(0.5, tl::shape{4}),
        [&](tl::value x, tl::value h) {
          const tl::value next = m::tanh(x * h + m::matmul(w, h));
          return tl::stepped{next, m::sigmoid(m::matmul(v, next)) * m::sum(x) + m::sum(h)};
        },
        tl::scan_order::backward);
    return m::concat(r.last[0], m::flatten(r.all[0]));
  }
};

/// Truncated backpropagation through two carried values.
template <tl::scan_order Order, int Window>
struct truncated_cell {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{7, 2});
    const tl::value w = g.parameter("w", tl::shape{3, 2}), u = g.parameter("u", tl::shape{3, 3});
    const tl::value h0 = g.parameter("h0", tl::shape{3});
    const auto r = loop(
        xs, tl::values{h0, g.constant(0.25, tl::shape{3})},
        [&](tl::value x, tl::values<2> s) {
          const tl::value h = m::tanh(m::matmul(w, x) + m::matmul(u, s[0]) * s[1]);
          return tl::values{h, s[1] + h * m::sum(x)};
        },
        tl::scan_options{Order, Window});
    return m::concat(m::concat(r.last[0], r.last[1]), m::flatten(r.all[0]));
  }
};

}  // namespace

TEST_CASE("truncated backpropagation", "[scan]") {
  laws::check_scan<truncated_cell<tl::scan_order::forward, 3>, 2>();
  laws::check_scan<truncated_cell<tl::scan_order::backward, 2>, 1>();
  laws::check_meaning<truncated_cell<tl::scan_order::forward, 1>, 2>();
  laws::check_meaning<truncated_cell<tl::scan_order::backward, 4>, 2>();
  laws::check_meaning<truncated_cell<tl::scan_order::forward, 7>, 2>();
}

TEST_CASE("recurrences of one value", "[scan]") {
  laws::check_scan<tanh_cell<1>, 1>();
  laws::check_scan<tanh_cell<7>, 3>();
  laws::check_scan<tanh_cell<2>, 16>();
  laws::check_steps<laws::one_step | laws::partial_steps, float,
                    laws::scan_net<tanh_cell<3>, false>, tl::mse, tl::adam, tl::batch<9>>();
}

TEST_CASE("recurrences of two values", "[scan]") {
  laws::check_scan<lstm_cell<4, 3>, 1>();
  laws::check_scan<lstm_cell<3, 4>, 17>();
}

TEST_CASE("recurrences that walk back", "[scan]") {
  laws::check_scan<backward_cell, 2>();
  laws::check_scan<backward_cell, 9>();
}
