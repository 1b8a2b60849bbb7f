// What a loop inside a loop costs: code and compile time do not grow with the length of either; and
// loops inside loops by one sample, in constant expressions, as derivatives and as networks.

#include <catch2/catch.hpp>
#include <cmath>
#include <tapeless/tapeless.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;

template <int Rows, int Columns>
struct image : tl::network<image<Rows, Columns>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value xs = g.input("x", tl::shape{Rows, Columns, 3});
    const tl::value w = g.parameter("w", tl::shape{4, 3}), u = g.parameter("u", tl::shape{4, 4});
    return tl::scan(xs, g.constant(0.1, tl::shape{4}),
                    [&](tl::value row, tl::value h) {
                      return tl::scan(row, h,
                                      [&](tl::value x, tl::value s) {
                                        return m::tanh(m::matmul(w, x) + m::matmul(u, s) + h);
                                      })
                          .last;
                    })
        .last;
  }
};
template <int Rows, int Columns>
using image_step = tl::detail::training_job<image<Rows, Columns>, tl::mse, tl::adam, tl::batch<4>>;

/// A running mean of running means.
struct smoothed : tl::network<smoothed> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{2, 6});
    return tl::scan(x, 0.5,
                    [](tl::value row, tl::value mean) {
                      return tl::scan(row, mean,
                                      [](tl::value now, tl::value before) {
                                        return 0.75 * before + 0.25 * now;
                                      })
                          .last;
                    })
        .all;
  }
};
template <class T>
constexpr T smoothed_at(int row) {
  T x[12] = {}, y[2] = {};
  for (int i = 0; i < 12; ++i) x[i] = static_cast<T>(i) / 4;
  tl::forward<smoothed>(tl::parameters<smoothed, T>{}, x, y);
  return y[row];
}

/// A network with a scan, as a part of the body of another one: its loop is one inside the other.
struct word : tl::network<word> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{70, 2}), u = g.parameter("u", tl::shape{2, 2});
    return tl::scan(
               x, g.constant(0, tl::shape{2}),
               [&](tl::value letter, tl::value h) { return m::tanh(m::matmul(u, h) + letter); })
        .last;
  }
};
struct sentence : tl::network<sentence> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3, 70, 2});
    return tl::scan(x, g.constant(0.5, tl::shape{2}),
                    [&](tl::value letters, tl::value h) {
                      return 0.5 * h + g.layer<word>("word", letters);
                    })
        .last;
  }
};
/// The same without networks.
struct sentence_by_hand : tl::network<sentence_by_hand> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3, 70, 2}), u = g.parameter("u", tl::shape{2, 2});
    tl::value h = g.constant(0.5, tl::shape{2});
    for (int i = 0; i < 3; ++i)
      h = 0.5 * h + tl::scan(x[i], g.constant(0, tl::shape{2}), [&](tl::value letter, tl::value s) {
                      return m::tanh(m::matmul(u, s) + letter);
                    }).last;
    return h;
  }
};

}  // namespace

TEST_CASE("a loop of 200 steps inside a loop is as much code as one of 10", "[scan]") {
  constexpr const auto &few = image_step<10, 10>::plan, &many = image_step<10, 200>::plan;
  CHECK(many.step_count == few.step_count);
  CHECK(many.kernels == few.kernels);
  CHECK(std::size(many.code) == std::size(few.code));
  CHECK(many.flops > 15 * few.flops);
  int inside = 0;
  for (const tl::step& s : many.steps) inside += s.inner != 0 && s.inner_trips == 200;
  CHECK(inside > 1);
}
TEST_CASE("what leaves both of two loops is one product over both", "[scan]") {
  // The products with x before the loops, and the gradients of w and u behind them.
  int outside = 0;
  for (const tl::step& s : image_step<10, 200>::plan.steps)
    outside += s.scan == 0 && s.product && s.flops > 4 * 10 * 200 * 4 * 3;
  CHECK(outside == 3);
}
TEST_CASE("a loop inside a loop in a constant expression", "[scan]") {
  constexpr double second = smoothed_at<double>(1);
  double mean = 0.5;
  for (int i = 0; i < 12; ++i) {
    mean = 0.75 * mean + 0.25 * i / 4;
    if (i == 5) CHECK(smoothed_at<double>(0) == Approx(mean).epsilon(1e-14));
  }
  CHECK(second == Approx(mean).epsilon(1e-14));
  CHECK(smoothed_at<float>(1) == Approx(mean).epsilon(1e-6));
}
TEST_CASE("a network with a scan in the body of a scan", "[scan]") {
  tl::parameters<sentence, double> a{};
  tl::parameters<sentence_by_hand, double> b{};
  for (int i = 0; i < 4; ++i) {
    a.set(0, i, std::sin(i + 1.0));
    b.set(0, i, std::sin(i + 1.0));
  }
  double x[420], y[2], z[2];
  for (int i = 0; i < 420; ++i) x[i] = std::cos(i * 0.7);
  tl::forward<sentence>(a, x, y);
  tl::forward<sentence_by_hand>(b, x, z);
  for (int i = 0; i < 2; ++i) CHECK(y[i] == Approx(z[i]).epsilon(1e-12));
}
