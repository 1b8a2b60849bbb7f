// Softmax and its relatives of one row and of several, which are computed in different ways: the
// same numbers, and what becomes of logits that are not finite, or so large that e^x is not.

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

template <int N, class Row>
struct row_net : tl::network<row_net<N, Row>> {
  static consteval tl::value define(tl::graph& g) {
    return tl::apply<Row>(g.input("x", tl::shape{N}));
  }
};

/// The row alone, and as the second of a batch of two.
template <class Row, class T, int N>
std::vector<T> outputs_of(const T (&x)[N], bool alone) {
  using net = row_net<N, Row>;
  constexpr int width = tl::output_size<net>;
  const tl::parameters<net, T> none;
  std::vector<T> y(width);
  if (alone) {
    tl::forward<net>(none, x, y.data());
  } else {
    T two[2 * N] = {}, both[2 * width];
    for (int i = 0; i < N; ++i) two[N + i] = x[i];
    tl::forward<net, tl::batch<2>>(none, two, both);
    for (int i = 0; i < width; ++i) y[static_cast<std::size_t>(i)] = both[width + i];
  }
  return y;
}

template <class T, int N>
void check_row(const T (&x)[N]) {
  long double most = x[0], sum = 0;
  for (const T e : x) most = std::max(most, static_cast<long double>(e));
  for (const T e : x) sum += std::exp(static_cast<long double>(e) - most);
  const T ulp = std::numeric_limits<T>::epsilon();
  for (const bool alone : {true, false}) {
    INFO((alone ? "one row of " : "two rows of ") << N);
    const auto p = outputs_of<tl::softmax>(x, alone);
    const auto l = outputs_of<tl::log_softmax>(x, alone);
    for (std::size_t i = 0; i < N; ++i) {
      const long double log_p = static_cast<long double>(x[i]) - most - std::log(sum);
      CHECK(p[i] == Approx(static_cast<double>(std::exp(log_p))).epsilon(6 * ulp).margin(1e-37));
      CHECK(l[i] == Approx(static_cast<double>(log_p)).epsilon(6 * ulp).margin(2 * ulp));
    }
    const auto s = outputs_of<tl::log_sum_exp>(x, alone);
    CHECK(s[0] == Approx(static_cast<double>(most + std::log(sum))).epsilon(4 * ulp));
  }
}

}  // namespace

TEMPLATE_TEST_CASE("softmax of rows of any length", "", float, double) {
  using T = TestType;
  check_row<T, 2>({T(0.3), T(-1.25)});
  check_row<T, 3>({T(-1.5), T(2.25), T(0.4)});
  check_row<T, 5>({T(0.1), T(-3), T(7.5), T(2), T(7.4)});
  check_row<T, 5>({T(1000.5), T(999), T(-40), T(990), T(0)});
  check_row<T, 5>({T(-1e4), T(-1.0001e4), T(-1e5), T(-2e4), T(-1.00005e4)});
  check_row<T, 10>({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  T longer[23];
  for (int i = 0; i < 23; ++i) longer[i] = T(i * 7 % 23) - 11;
  check_row<T, 23>(longer);
}

TEMPLATE_TEST_CASE("softmax of logits that hide elements, and of those that are not finite", "",
                   float, double) {
  using T = TestType;
  const T inf = std::numeric_limits<T>::infinity(), most = std::numeric_limits<T>::max();
  const T nan = std::numeric_limits<T>::quiet_NaN();
  for (const bool alone : {true, false}) {
    const auto of = [alone](const T(&x)[4]) { return outputs_of<tl::softmax>(x, alone); };
    INFO((alone ? "one row" : "two rows"));
    for (const T hidden : {-inf, -most, T(-1e9)}) {
      const auto y = of({T(1), hidden, T(1), hidden});
      CHECK(y[0] == Approx(0.5));
      CHECK(y[1] == 0);
    }
    const auto large = of({most / 4, 0, most / 8, -most / 4});
    CHECK(large[0] == 1);
    CHECK(large[2] == 0);
    const auto equal = of({-most / 2, -most / 2, -most / 2, -most / 2});
    CHECK(equal[3] == Approx(0.25));
    for (const T y : of({1, nan, 2, 3})) CHECK(std::isnan(y));
    for (const T y : of({-inf, -inf, -inf, -inf})) CHECK(std::isnan(y));
    CHECK(std::isnan(of({1, inf, 2, 3})[1]));
  }
}
