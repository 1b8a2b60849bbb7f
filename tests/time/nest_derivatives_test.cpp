// Derivatives as calls, through loops inside loops: against differences of the calls that are one
// order below.

#include <array>
#include <time/along_a_direction.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;
using namespace along_a_direction;

constexpr int inputs = 15, outputs = 5;

/// A softmax and a maximum inside, starts from the outer loop, one direction against the other.
template <bool OneNumber>
struct net : tl::network<net<OneNumber>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{3, 5});
    const tl::value w = g.parameter("w", tl::shape{2}), u = g.parameter("u", tl::shape{2, 2});
    const auto r = tl::scan(
        x, 0.5 * w,
        [&](tl::value row, tl::value h) {
          const auto inner =
              tl::scan(row, tl::values{h, 0.25}, [&](tl::value now, tl::values<2> s) {
                const tl::value a = m::tanh(m::matmul(u, s[0]) + now * w);
                return tl::values{a * m::softmax(h + s[0]), 0.5 * s[1] + m::maximum(a)};
              });
          return tl::stepped{inner.last[0] + 0.3 * h, m::sum(inner.all[1]) * m::sin(row[1])};
        },
        tl::scan_order::backward);
    const tl::value y = m::concat(r.all, r.last);
    if constexpr (OneNumber) return m::unsqueeze(m::sum(m::square(y)), 0);
    return y;
  }
};

}  // namespace

TEST_CASE("jvp and jacobian of a loop inside a loop", "[scan]") {
  using several = net<false>;
  const auto theta = start<several>();
  double x[inputs], d[inputs], y[outputs], dy[outputs], j[outputs][inputs];
  for (int i = 0; i < inputs; ++i) {
    x[i] = x_at(i);
    d[i] = direction(i);
  }
  const auto run = [&](const double* at, double* to) { tl::forward<several>(theta, at, to); };
  tl::jvp<several>(theta, x, d, y, dy);
  check_slope<inputs, outputs>(run, dy);
  tl::jacobian<several>(theta, x, y, &j[0][0]);
  double product[outputs] = {};
  for (int i = 0; i < outputs; ++i)
    for (int k = 0; k < inputs; ++k) product[i] += j[i][k] * d[k];
  check_slope<inputs, outputs>(run, product);
}

TEST_CASE("gradient and hvp of a loop inside a loop", "[scan]") {
  using number = net<true>;
  const auto theta = start<number>();
  double x[inputs], y[1], gradient[inputs];
  std::array<double, inputs> here, along;
  for (int i = 0; i < inputs; ++i) {
    x[i] = here[i] = x_at(i);
    along[i] = direction(i);
  }
  tl::jacobian<number>(theta, x, y, gradient);
  double slope = 0;
  for (int i = 0; i < inputs; ++i) slope += gradient[i] * along[i];
  check_slope<inputs, 1>([&](const double* at, double* to) { tl::forward<number>(theta, at, to); },
                         &slope);
  const auto second = tl::hvp<number>(theta, here, along).product;
  double product[inputs];
  for (int i = 0; i < inputs; ++i) product[i] = second[i];
  check_slope<inputs, inputs>(
      [&](const double* at, double* to) {
        double unused[1];
        tl::jacobian<number>(theta, at, unused, to);
      },
      product);
}
