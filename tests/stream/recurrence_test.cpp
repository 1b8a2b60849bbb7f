// Recurrences in streams: what they carry goes on from block to block.

#include <stream/stream_law.hpp>

namespace tl = tapeless;
namespace m = tl::math;
using stream_law::causal;
using stream_law::lab;

namespace {

constexpr int samples = 300;
using by_rows = tl::time_axis<0>;

struct amplifier : tl::sequential<tl::input<samples, 1>, tl::lstm<8>, tl::dense_per_step<1>> {};

struct on_top
    : tl::sequential<tl::input<samples, 3>, tl::gru<5, tl::recurrent{.layers = 2, .window = 7}>, tl::tanh> {};

/// Convolutions over (channel, time) before and behind a recurrence over (time, feature).
struct between : tl::network<between> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, samples});
    const tl::value a = m::tanh(g.layer<tl::conv1d<4, causal(3, 2)>>("a", x));
    const tl::value h = g.layer<tl::rnn<4>>("h", m::transpose(a));
    return g.layer<tl::conv1d<2, causal(2, 5)>>("b", m::transpose(h) + a);
  }
};

/// A filter by hand that starts from a number; what it carries is read before and after.
struct filter : tl::network<filter> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{samples});
    const tl::value a = g.parameter("a", tl::shape{});
    const auto r = tl::scan(x, tl::values{0.5, -1.0}, [&](tl::value now, tl::values<2> s) {
      const tl::value low = 0.9 * s[0] + 0.1 * now;
      return tl::stepped{tl::values{low, low - a * s[1]}, tl::values{low * s[1], now - s[0]}};
    });
    return r.all[0] + r.all[1];
  }
};

struct learnt_starts
    : tl::sequential<tl::input<samples, 3>,
                     tl::lstm<5, tl::recurrent{.layers = 2, .start = tl::starts::learnt}>, tl::dense_per_step<2>> {};

/// Starts that are computed from parameters, a number beside them; a map over time behind the scan.
struct computed_starts : tl::network<computed_starts> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{samples, 3});
    const tl::value w = g.parameter("w", tl::shape{4, 3}), b = g.parameter("b", tl::shape{3});
    const tl::value h0 = m::tanh(m::matmul(w, b)) + 0.5;
    const auto r = tl::scan(x, tl::values{h0, 0.25}, [&](tl::value now, tl::values<2> s) {
      const tl::value level = 0.9 * s[1] + 0.1 * m::sum(now);
      return tl::values{m::tanh(m::matmul(w, now) + 0.5 * s[0] + level), level};
    });
    return tl::map(r.all[0], [&](tl::value h) { return m::matmul(m::transpose(w), h) + b; });
  }
};

struct decays : tl::sequential<tl::input<samples, 2>, tl::state_space<5>, tl::dense_per_step<3>,
                               tl::tanh, tl::state_space<2>> {};

}  // namespace

TEST_CASE("starts that are learnt or computed", "[stream]") {
  lab<learnt_starts, tl::blocks<16, 1>, by_rows>{}.check_all<16, 5>();
  lab<computed_starts, tl::blocks<16, 1>, by_rows, tl::scalar_type<double>>{}.check_all<16, 3>();
}
TEST_CASE("state spaces", "[stream]") {
  lab<decays, tl::blocks<16, 1>, by_rows>{}.check_all<16, 5>();
}
TEST_CASE("an lstm of one sound", "[stream]") {
  lab<amplifier, tl::blocks<64, 8, 1>, by_rows>{}.check_all<64, 7>();
  lab<amplifier, tl::blocks<16, 1>, by_rows, tl::scalar_type<double>>{}.check_all<16>();
  CHECK(tl::stream<amplifier, by_rows>::is_recurrent);
}
TEST_CASE("layers of gru on top of one another", "[stream]") {
  lab<on_top, tl::blocks<20, 1>, by_rows>{}.check_all<20, 3>();
}
TEST_CASE("a recurrence between convolutions", "[stream]") {
  lab<between, tl::blocks<16, 1>>{}.check_all<16>();
}
TEST_CASE("a filter by hand", "[stream]") {
  lab<filter, tl::blocks<16, 1>, by_rows, tl::scalar_type<double>>{}.check_all<16, 5>();
}
