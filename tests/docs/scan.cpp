// Snippets of docs/scan.md; they are compiled, not run.
#include <tapeless/host.hpp>

namespace tl = tapeless;

namespace {

// A recurrence of one's own: one carried value, one sequence.
struct leaky : tl::network<leaky> {
  static consteval tl::value define(tl::graph& g) {
    tl::value xs = g.input("x", tl::shape{100, 3});       // 100 steps of 3 numbers
    tl::value w = g.parameter("w", tl::shape{8, 3});
    tl::value u = g.parameter("u", tl::shape{8, 8});
    tl::value h0 = g.constant(0, tl::shape{8});
    auto r = tl::scan(xs, h0, [&](tl::value x, tl::value h) {
      return 0.9 * h + 0.1 * tl::math::tanh(tl::math::matmul(w, x) + tl::math::matmul(u, h));
    });
    return g.dense("head", r.last, 2);                     // r.all is {100, 8}
  }
};
static_assert(tl::output_size<leaky> == 2);

// Two carried values, and what each step yields.
struct moments : tl::network<moments> {
  static consteval tl::value define(tl::graph& g) {
    tl::value xs = g.input("x", tl::shape{50});
    auto r = tl::scan(xs, tl::values{0.0, 1.0}, [&](tl::value x, tl::values<2> s) {
      tl::value mean = 0.95 * s[0] + 0.05 * x;
      tl::value variance = 0.95 * s[1] + 0.05 * tl::math::square(x - mean);
      return tl::stepped{tl::values{mean, variance}, (x - mean) / tl::math::sqrt(variance)};
    });
    return r.all[0];                                       // {50}; r.last[0], r.last[1]
  }
};
static_assert(tl::output_size<moments> == 50);

// A body for each element, which keeps the memory of one element alone.
struct lookup : tl::network<lookup> {
  static consteval tl::value define(tl::graph& g) {
    tl::value queries = g.input("queries", tl::shape{1000, 8});
    tl::value keys = g.parameter("keys", tl::shape{32, 8});
    tl::value values = g.parameter("values", tl::shape{32, 4});
    tl::value scores = tl::map(queries, [&](tl::value q) {               // {1000, 8} to {1000, 4}
      return tl::math::matmul(tl::math::softmax(tl::math::matmul(keys, q)), values);
    });
    return tl::math::sum(scores, 0);
  }
};
static_assert(tl::output_size<lookup> == 4);

// A loop inside a loop.
struct document : tl::network<document> {
  static consteval tl::value define(tl::graph& g) {
    tl::value pages = g.input("pages", tl::shape{20, 100, 8});
    tl::value w = g.parameter("w", tl::shape{16, 8});
    tl::value u = g.parameter("u", tl::shape{16, 16});
    tl::value h0 = g.constant(0, tl::shape{16});
    auto r = tl::scan(pages, h0, [&](tl::value lines, tl::value h) {     // {20, 100, 8}: 20 pages of 100 lines
      auto page = tl::scan(lines, h, [&](tl::value line, tl::value s) {
        return tl::math::tanh(tl::math::matmul(w, line) + tl::math::matmul(u, s));
      });
      return 0.5 * h + page.last;
    });
    return r.last;
  }
};
static_assert(tl::output_size<document> == 16);

struct classifier
    : tl::sequential<tl::input<50, 4>,
                     tl::lstm<32, tl::recurrent{.layers = 2, .dropout = 0.1, .yield = tl::yields::last}>,
                     tl::dense<3>> {};
static_assert(tl::output_size<classifier> == 3);

// One step at a time with explicit state: named inputs and outputs.
struct controller : tl::network<controller> {
  static consteval tl::value define(tl::graph& g) {
    tl::value x = g.input("x", tl::shape{22});
    tl::value h = g.input("h", tl::shape{16});
    g.scope = tl::path{"gru"};
    tl::recurrent_result next = tl::gru<16>::step(g, x, h);
    g.scope = {};
    g.output("h_next", next.h);
    return g.dense("action", next.h, 4);
  }
};
static_assert(tl::output_size<controller> == 4);

// Sequences of different length: a number per sample says how many steps count.
struct tagged : tl::network<tagged> {
  static consteval tl::value define(tl::graph& g) {
    tl::value xs = g.input("x", tl::shape{20, 5});
    tl::value length = g.input("length", tl::shape{});
    g.scope = tl::path{"gru"};
    tl::recurrent_result r = tl::gru<8, tl::recurrent{.bidirectional = true}>::run(g, xs, {.length = length});
    g.scope = {};
    return g.dense("head", tl::math::flatten(r.h), 2);
  }
};
static_assert(tl::output_size<tagged> == 2);

}  // namespace
