// Loops inside the body of a loop over time: in a stream they run whole for every sample.

#include <stream/stream_law.hpp>

namespace tl = tapeless;
namespace m = tl::math;
using stream_law::lab;

namespace {

constexpr int samples = 120;
using by_rows = tl::time_axis<0>;

/// A recurrence over the features of each sample, which starts from what time carries, and one that
/// starts from a number and walks a sequence from outside.
struct features : tl::network<features> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{samples, 7});
    const tl::value w = g.parameter("w", tl::shape{3}),
                    table = g.parameter("table", tl::shape{6, 3});
    return tl::scan(
               x, g.constant(0.25, tl::shape{3}),
               [&](tl::value now, tl::value h) {
                 const auto over = tl::scan(
                     now, h, [&](tl::value e, tl::value s) { return m::tanh(0.5 * s + e * w); },
                     tl::scan_order::backward);
                 const auto fixed = tl::scan(
                     table, g.constant(0, tl::shape{3}),
                     [&](tl::value row, tl::value s) { return 0.5 * s + m::sin(row * over.last); });
                 return m::tanh(0.3 * h + fixed.last + m::mean(over.all, 0));
               })
        .all;
  }
};

/// A map over the rows of each sample, in a map over time.
struct rows : tl::network<rows> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{samples, 12});
    const tl::value w = g.parameter("w", tl::shape{6, 2});
    return tl::map(x, [&](tl::value now) {
      const tl::value parts = tl::map(m::reshape(now, tl::shape{6, 2}),
                                      [&](tl::value row) { return m::softmax(m::matmul(w, row)); });
      return m::sum(parts, 0);
    });
  }
};

}  // namespace

TEST_CASE("loops over features inside a recurrence in time", "[stream]") {
  lab<features, tl::blocks<16, 1>, by_rows>{}.check_all<16, 5>();
}
TEST_CASE("maps inside a map over time", "[stream]") {
  lab<rows, tl::blocks<16, 1>, by_rows>{}.check_all<16, 3>();
}
