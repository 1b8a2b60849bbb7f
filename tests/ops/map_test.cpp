// Maps against their meaning: the body for each element, written out.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// The body for each element of a sequence, by `map` or written out.
template <bool WrittenOut>
struct mapping {
  template <class Body>
  constexpr tl::value operator()(tl::value xs, Body&& body) const {
    if constexpr (WrittenOut) {
      tl::value row[64];
      for (int t = 0; t < xs.dims()[0]; ++t) row[t] = m::unsqueeze(body(xs[t]), 0);
      return m::concat(row, xs.dims()[0], 0);
    } else {
      return tl::map(xs, body);
    }
  }
};

template <class Case, bool WrittenOut>
struct map_net : tl::network<map_net<Case, WrittenOut>> {
  static constexpr tl::value define(tl::graph& g) {
    return m::flatten(Case::define(g, mapping<WrittenOut>{}));
  }
};

template <class Case, int Batch, class... Options>
void check_map() {
  laws::check_same_steps<map_net<Case, false>, map_net<Case, true>, Batch>();
  laws::check_steps<laws::three_steps, double, map_net<Case, false>, tl::mse, tl::sgd,
                    tl::batch<Batch>, Options...>();
}

/// Products with weights, and with a value of each sample from outside; sums, a softmax, views.
struct products_and_sums {
  template <class Map>
  static constexpr tl::value define(tl::graph& g, Map map) {
    const tl::value xs = g.input("x", tl::shape{5, 2, 3}), w = g.parameter("w", tl::shape{3, 3});
    const tl::value mean = m::sum(xs, 0) * 0.2;
    return map(xs, [&](tl::value x) {
      const tl::value y = m::softmax(m::matmul(x, w));
      return m::concat(y, m::matmul(m::transpose(mean), m::tanh(x)), 0) + m::maximum(x);
    });
  }
};

/// Numbers, positions and values from outside alone; one element.
struct little_in_the_body {
  template <class Map>
  static constexpr tl::value define(tl::graph& g, Map map) {
    const tl::value xs = g.input("x", tl::shape{3, 4}), w = g.parameter("w", tl::shape{4});
    const tl::value doubled =
        map(xs, [&](tl::value x) { return x * 2.0 + m::iota(g, tl::shape{4}); });
    const tl::value same = map(xs, [&](tl::value) { return m::square(w); });
    const tl::value once =
        map(m::reshape(xs, tl::shape{1, 3, 4}), [&](tl::value x) { return m::sigmoid(x * w); });
    return doubled * same + once[0];
  }
};

/// Maps of what maps and scans yield, and gradients inside of bodies.
struct maps_in_a_row {
  template <class Map>
  static constexpr tl::value define(tl::graph& g, Map map) {
    const tl::value xs = g.input("x", tl::shape{4, 3}), w = g.parameter("w", tl::shape{3, 3});
    const tl::value first = map(xs, [&](tl::value x) { return m::tanh(m::matmul(w, x)); });
    const auto r =
        tl::scan(first, 0.1 * first[0], [](tl::value x, tl::value h) { return 0.5 * h + x; });
    return map(r.all, [&](tl::value h) {
      return tl::gradient(m::sum(m::square(m::matmul(w, h))), h) + h * r.last;
    });
  }
};

/// Two sequences, two results.
struct pairs : tl::network<pairs> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 3}), w = g.parameter("w", tl::shape{4, 2});
    const tl::values<2> y = tl::map(tl::values{x, w}, [](tl::values<2> now) {
      return tl::values{m::sum(now[0]) * now[1], now[0] * now[1][0]};
    });
    return m::concat(y[0], y[1], 1);
  }
};

}  // namespace

TEST_CASE("maps of products, sums and views", "[map]") {
  check_map<products_and_sums, 1>();
  check_map<products_and_sums, 9, tl::lanes_over<tl::lane_axis::samples>>();
}
TEST_CASE("maps whose bodies compute little", "[map]") { check_map<little_in_the_body, 3>(); }
TEST_CASE("maps in a row with a scan and with gradients", "[map]") {
  check_map<maps_in_a_row, 2>();
}

TEST_CASE("maps over two sequences", "[map]") {
  tl::parameters<pairs, double> p;
  double x[12], y[20];
  for (int i = 0; i < 12; ++i) x[i] = 0.25 * i - 1;
  for (int r = 0; r < 4; ++r)
    for (int c = 0; c < 2; ++c) p.set(0, 2 * r + c, 0.5 * r - c);
  tl::forward(p, x, y);
  for (int r = 0; r < 4; ++r) {
    const double sum = x[3 * r] + x[3 * r + 1] + x[3 * r + 2], w[] = {0.5 * r, 0.5 * r - 1};
    for (int c = 0; c < 2; ++c) CHECK(y[5 * r + c] == Approx(sum * w[c]).margin(1e-14));
    for (int c = 0; c < 3; ++c)
      CHECK(y[5 * r + 2 + c] == Approx(x[3 * r + c] * w[0]).margin(1e-14));
  }
}
