// Maps whose gradient computes the elements once more: the numbers of maps that keep them, and less
// memory.

#include <laws/scan_law.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

/// Weights and a table from outside, a scan in the body, a sequence that has a gradient.
template <bool Recompute>
struct net : tl::network<net<Recompute>> {
  static constexpr tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{5, 6, 3});
    const tl::value w = g.parameter("w", tl::shape{3, 3}), a = g.parameter("a", tl::shape{5, 1, 3}),
                    table = g.parameter("table", tl::shape{6, 3});
    const tl::value y = tl::map(
        tl::values{x * a, a},
        [&](tl::values<2> now) {
          const tl::value scores = m::softmax(m::matmul(now[0], m::matmul(w, m::transpose(table))));
          const tl::value mixed = m::matmul(scores, table) * now[1];
          const auto last = tl::scan(mixed, table[0], [&](tl::value row, tl::value h) {
                              return m::tanh(m::matmul(w, h) + row);
                            }).last;
          return tl::values{last, m::sum(mixed, 0)};
        },
        tl::map_options{.recompute = Recompute})[0];
    return m::flatten(y * m::sin(a[0]));
  }
};

template <int Queries>
struct long_sequence
    : tl::sequential<
          tl::input<256, 32>,
          tl::multi_head_attention<32, 4, tl::attention_settings{.queries_at_once = Queries}>> {};
template <int Queries>
constexpr long long peak_of =
    tl::cost_of<long_sequence<Queries>, tl::mse, tl::sgd, tl::batch<1>>.peak_bytes;

}  // namespace

TEST_CASE("maps that recompute learn what maps that keep learn", "[scan]") {
  laws::check_same_steps<net<true>, net<false>, 3>();
  laws::check_steps<laws::three_steps, double, net<true>, tl::mse, tl::sgd, tl::batch<3>>();
}
TEST_CASE("attention in pieces trains in less memory", "[scan]") {
  STATIC_REQUIRE(peak_of<64> < peak_of<0> / 2);
}
