// Scans: what is carried, kept per iteration, walked back and taken out of the loop.

#include <mutation/probe.hpp>

namespace {

using namespace mutation;
namespace m = tl::math;

/// Two carried values, one of which is read again where the other is made; outputs of all steps.
struct cells : tl::network<cells> {
  static consteval tl::value define(tl::graph& g) {
    const auto xs = g.input("x", tl::shape{4, 3});
    const auto w = g.parameter("w", tl::shape{5, 3}), u = g.parameter("u", tl::shape{5, 5});
    const auto h0 = g.parameter("h0", tl::shape{5});
    const auto r = tl::scan(xs, tl::values{h0, 0.5 * h0}, [&](tl::value x, tl::values<2> s) {
      const auto h = m::tanh(m::matmul(w, x) + m::matmul(u, s[0]) - s[1]);
      return tl::stepped{tl::values{h, m::sigmoid(h * s[1])}, h * s[0]};
    });
    return m::concat(m::flatten(r.all[0]), r.last[1]);
  }
};
/// Backwards over what another scan yields.
struct behind : tl::network<behind> {
  static consteval tl::value define(tl::graph& g) {
    const auto xs = g.input("x", tl::shape{5, 2});
    const auto a = g.parameter("a", tl::shape{2}), b = g.parameter("b", tl::shape{2});
    const auto first =
        tl::scan(xs, a, [&](tl::value x, tl::value h) { return m::tanh(x + a * h); });
    const auto back = tl::scan(
        first.all, first.last, [&](tl::value x, tl::value h) { return m::tanh(x * b + h); },
        tl::scan_order::backward);
    return m::concat(m::flatten(back.all), first.last);
  }
};
/// What the steps yielded and read, beside what is carried last; a border in a further join.
struct joined : tl::network<joined> {
  static consteval tl::value define(tl::graph& g) {
    const auto xs = g.input("x", tl::shape{4, 3}), a = g.parameter("a", tl::shape{3});
    const auto r = tl::scan(xs, a, [&](tl::value x, tl::value s) {
      const auto y = m::sum(m::tanh(x + s));
      return tl::stepped{0.5 * s + y, y};
    });
    const auto y = m::tanh(xs);
    const auto beside =
        m::concat(m::pad(y, 1, 1, 1), m::tanh(m::matmul(y, m::matmul(m::transpose(y), y))), 1);
    return m::concat(m::concat(r.last, r.all), m::flatten(beside));
  }
};
/// What the steps yielded and read, in columns beside what depends on the last of them.
struct beside_its_last : tl::network<beside_its_last> {
  static consteval tl::value define(tl::graph& g) {
    const auto xs = g.input("x", tl::shape{4, 3}), a = g.parameter("a", tl::shape{3});
    const auto w = g.parameter("w", tl::shape{4, 1});
    const auto r = tl::scan(xs, a, [&](tl::value x, tl::value s) {
      const auto y = m::tanh(x + m::sum(s) * a);
      return tl::stepped{y * m::sum(y), y};
    });
    return m::flatten(m::concat(r.all, w * m::unsqueeze(r.last, 0), 1));
  }
};

/// A loop inside a loop: weights of both levels, a learnt start, sums of what the inner steps
/// yielded.
struct inside : tl::network<inside> {
  static consteval tl::value define(tl::graph& g) {
    const auto xs = g.input("x", tl::shape{3, 6, 2}), w = g.parameter("w", tl::shape{2});
    const auto u = g.parameter("u", tl::shape{2, 2}), h0 = g.parameter("h0", tl::shape{2});
    const auto r = tl::scan(xs, h0, [&](tl::value x, tl::value h) {
      const auto v =
          m::matmul(u, h);  // read early in each inner step, where later values are for it alone
      const auto q = tl::scan(tl::values{x * w, x}, 0.5 * h, [&](tl::values<2> e, tl::value s) {
        const auto first = m::sum((s + v) * e[1]), second = m::sum((s + first) * e[1]);
        return m::tanh(m::matmul(u, s) * h + e[0] + 0.3 * second);
      });
      return tl::stepped{0.5 * h + q.last * w, m::sum(m::square(q.all), 0)};
    });
    return m::concat(m::flatten(r.all), r.last);
  }
};

/// Steps that the gradient computes once more, in groups that leave a step over.
struct again : tl::network<again> {
  static consteval tl::value define(tl::graph& g) {
    const auto xs = g.input("x", tl::shape{7, 3}), w = g.parameter("w", tl::shape{3});
    const auto u = g.parameter("u", tl::shape{3, 3}), h0 = g.parameter("h0", tl::shape{3});
    const auto r = tl::scan(
        xs, h0, [&](tl::value x, tl::value h) { return m::tanh(m::matmul(u, h) + x * w); },
        tl::scan_options{.recompute = 3});
    return m::concat(m::flatten(r.all), r.last);
  }
};

}  // namespace

int main() {
  probe<cells, tl::mse, tl::sgd, tl::batch<3>>::ask<steps | slopes>("cells");
  probe<behind, tl::mse, tl::sgd, tl::batch<9>>::ask<steps | slopes>("behind");
  probe<joined, tl::mse, tl::sgd, tl::batch<3>>::ask<steps>("joined");
  probe<beside_its_last, tl::mse, tl::sgd, tl::batch<3>>::ask<outputs>("beside_its_last");
  probe<inside, tl::mse, tl::sgd, tl::batch<3>>::ask<steps | slopes>("inside");
  probe<again, tl::mse, tl::sgd, tl::batch<3>>::ask<steps | slopes>("again");
  return result();
}
