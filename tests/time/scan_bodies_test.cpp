// Scans against their meaning: what bodies may contain, carry and yield.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// A body of reductions, joins and views.
struct many_operations {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{4, 3});
    const tl::value w = g.parameter("w", tl::shape{4, 7}), u = g.parameter("u", tl::shape{4, 4});
    const auto r = loop(xs, 0.1 * u[0], [&](tl::value x, tl::value h) {
      const tl::value both = m::concat(x, h);
      const tl::value share = m::softmax(m::matmul(w, both));
      const tl::value turned =
          m::reshape(m::transpose(m::reshape(h, tl::shape{2, 2})), tl::shape{4});
      return m::tanh(turned * share + m::maximum(x) + m::slice(both, 0, 1, 4) + m::matmul(u, h));
    });
    return r.all[0];
  }
};

/// A matrix is carried.
struct matrix_state {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{5, 2, 3});
    const tl::value a = g.parameter("a", tl::shape{3, 3}), s0 = g.parameter("s0", tl::shape{2, 3});
    const auto r = loop(xs, s0, [&](tl::value x, tl::value s) {
      return m::sigmoid(m::matmul(s, a) - x) +
             0.25 * m::matmul(s, tl::einsum(x, "kj", s, "kl", "jl"));
    });
    return m::concat(r.last[0], m::sum(r.all[0], 0));
  }
};

/// Numbers are carried; what is carried depends on no sequence.
struct numbers_carried {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{6, 2});
    const tl::value a = g.parameter("a", tl::shape{}), start = g.parameter("s", tl::shape{});
    const auto r = loop(xs, tl::values{start, start}, [&](tl::value x, tl::values<2> s) {
      const tl::value grown = s[0] * a + 0.25;
      const tl::value filtered = 0.9 * s[1] + x[0] * a;
      return tl::stepped{tl::values{grown, filtered}, tl::values{grown * x, filtered, s[0]}};
    });
    return m::concat(m::flatten(r.all[0]),
                     m::concat(m::concat(r.all[1], r.all[2]), m::unsqueeze(r.last[1], 0)));
  }
};

/// Values that are carried on as they are, that are replaced, or that forget.
struct odd_carries {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{4, 3});
    const tl::value p = g.parameter("p", tl::shape{3}), q = g.parameter("q", tl::shape{3});
    const auto r = loop(xs, tl::values{p, q, p}, [&](tl::value x, tl::values<3> s) {
      const tl::value y = s[0] * x + s[1] - s[2];
      return tl::stepped{tl::values{x, s[1], m::tanh(x * q)}, tl::values{y, y, x, p}};
    });
    return m::concat(
        m::concat(m::concat(r.last[0], r.last[1]), m::concat(r.last[2], m::flatten(r.all[0]))),
        m::concat(m::flatten(r.all[1]), m::flatten(r.all[2] * r.all[3])));
  }
};

/// What is carried is an operand of a reduction too.
struct reduced_and_carried {
  template <class Loop>
  static constexpr tl::value define(tl::graph& g, Loop loop) {
    const tl::value xs = g.input("x", tl::shape{3, 2});
    const tl::value u = g.parameter("u", tl::shape{4, 4}), w = g.parameter("w", tl::shape{4, 2});
    const auto r = loop(xs, tl::values{g.constant(0.5), u[0]}, [&](tl::value x, tl::values<2> s) {
      const tl::value h = m::sigmoid(m::matmul(u, s[1]) + m::matmul(w, x) * s[0]);
      return tl::stepped{tl::values{m::tanh(m::sum(h) - s[0]), h}, h * m::maximum(h)};
    });
    return m::concat(m::flatten(r.all[0]), m::unsqueeze(r.last[0], 0));
  }
};

}  // namespace

TEST_CASE("what is carried is reduced too", "[scan]") {
  laws::check_scan<reduced_and_carried, 2>();
  laws::check_scan<reduced_and_carried, 16>();
}

TEST_CASE("bodies of many operations", "[scan]") {
  laws::check_scan<many_operations, 3>();
  laws::check_scan<matrix_state, 3>();
  laws::check_scan<matrix_state, 8>();
}

TEST_CASE("numbers that are carried, and values that are not computed", "[scan]") {
  laws::check_scan<numbers_carried, 2>();
  laws::check_scan<odd_carries, 2>();
  laws::check_scan<odd_carries, 16>();
}
