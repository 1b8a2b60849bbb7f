// Derivatives as calls, through scans: against differences of the calls that are one order below.

#include <algorithm>
#include <array>
#include <time/along_a_direction.hpp>

namespace {

namespace tl = tapeless;
namespace m = tapeless::math;
using namespace along_a_direction;

constexpr int inputs = 8, outputs = 13;

/// Two carried values, a softmax and a maximum in the body, walked back.
struct net : tl::network<net> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4, 2});
    const tl::value w = g.parameter("w", tl::shape{3, 2}), u = g.parameter("u", tl::shape{3, 3});
    const auto r = tl::scan(
        x, tl::values{0.1, 0.0 * u[0]},
        [&](tl::value now, tl::values<2> s) {
          const tl::value h = m::softmax(m::matmul(u, s[1]) + m::matmul(w, now) * s[0]);
          return tl::stepped{tl::values{m::tanh(s[0] + m::maximum(h)), h}, h * m::sum(now)};
        },
        tl::scan_order::backward);
    return m::concat(m::flatten(r.all[0]), m::unsqueeze(r.last[0], 0));
  }
};
struct one_number : tl::sequential<tl::input<4, 2>, tl::gru<3>, tl::flatten, tl::dense<1>> {};

}  // namespace

TEST_CASE("jvp and jacobian of a scan", "[scan]") {
  const auto theta = start<net>();
  double x[inputs], d[inputs], y[outputs], dy[outputs], j[outputs][inputs];
  for (int i = 0; i < inputs; ++i) {
    x[i] = x_at(i);
    d[i] = direction(i);
  }
  const auto run = [&](const double* at, double* to) { tl::forward<net>(theta, at, to); };
  tl::jvp<net>(theta, x, d, y, dy);
  check_slope<inputs, outputs>(run, dy);
  tl::jacobian<net>(theta, x, y, &j[0][0]);
  double product[outputs] = {};
  for (int i = 0; i < outputs; ++i)
    for (int k = 0; k < inputs; ++k) product[i] += j[i][k] * d[k];
  check_slope<inputs, outputs>(run, product);
}

TEST_CASE("gradient and hvp of a scan", "[scan]") {
  const auto theta = start<one_number>();
  double x[inputs], d[inputs], y[1], gradient[inputs], product[inputs];
  for (int i = 0; i < inputs; ++i) {
    x[i] = x_at(i);
    d[i] = direction(i);
  }
  tl::jacobian<one_number>(theta, x, y, gradient);
  double slope = 0;
  for (int i = 0; i < inputs; ++i) slope += gradient[i] * d[i];
  check_slope<inputs, 1>([&](const double* at, double* to) { tl::forward<one_number>(theta, at, to); },
                 &slope);
  std::array<double, inputs> here, along;
  std::copy(x, x + inputs, here.begin());
  std::copy(d, d + inputs, along.begin());
  const auto second = tl::hvp<one_number>(theta, here, along).product;
  std::copy(second.begin(), second.end(), product);
  check_slope<inputs, inputs>(
      [&](const double* at, double* to) {
        double unused[1];
        tl::jacobian<one_number>(theta, at, unused, to);
      },
      product);
}
