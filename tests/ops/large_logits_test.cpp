// Softmax, log_softmax and log_sum_exp, with their gradients, of logits of any size: whatever is
// added to all of a row changes results by no more than the rounding of that sum. One short row,
// several rows, long rows, an axis that is not the last, the interpreter and constant expressions.

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

/// Of a row of N logits, along an axis of extent N: softmax, log_softmax, the gradient of
/// sum(w softmax), that of sum(w log_softmax), that of log_sum_exp, all with weights w = 1, 2, ...,
/// and log_sum_exp itself.
template <int N, bool First>
struct logits : tl::network<logits<N, First>> {
  static consteval tl::value define(tl::graph& g) {
    namespace m = tl::math;
    const tl::value x = g.input("x", First ? tl::shape{N, 2} : tl::shape{N});
    const int axis = First ? 0 : -1;
    const tl::value w = m::iota(g, x.dims(), First ? 0 : -1) + tl::value{1.0};
    const tl::value p = m::softmax(x, axis), l = m::log_softmax(x, axis);
    const tl::value s = m::log_sum_exp(x, axis, true);
    return m::concat({m::flatten(p), m::flatten(l), m::flatten(tl::gradient(m::sum(w * p), x)),
                      m::flatten(tl::gradient(m::sum(w * l), x)),
                      m::flatten(tl::gradient(m::sum(s), x)), m::flatten(s)},
                     0);
  }
};

/// What they are, by the differences from the maximum.
template <class T>
std::vector<long double> expected(const std::vector<T>& x) {
  const std::size_t n = x.size();
  const long double most = *std::max_element(x.begin(), x.end());
  std::vector<long double> p(n), out;
  long double sum = 0, weighted = 0, weights = 0;
  for (const T e : x) sum += std::exp(static_cast<long double>(e) - most);
  for (std::size_t i = 0; i < n; ++i) {
    p[i] = std::exp(static_cast<long double>(x[i]) - most) / sum;
    weighted += p[i] * static_cast<long double>(i + 1);
    weights += static_cast<long double>(i + 1);
  }
  out = p;
  for (std::size_t i = 0; i < n; ++i)
    out.push_back(static_cast<long double>(x[i]) - most - std::log(sum));
  for (std::size_t i = 0; i < n; ++i)
    out.push_back(p[i] * (static_cast<long double>(i + 1) - weighted));
  for (std::size_t i = 0; i < n; ++i)
    out.push_back(static_cast<long double>(i + 1) - weights * p[i]);
  out.insert(out.end(), p.begin(), p.end());
  out.push_back(most + std::log(sum));
  return out;
}

/// The worst error over the rounding of what differences of the row can give.
template <class T, int N, bool First, class... Options>
void check(const std::vector<T>& row) {
  constexpr int columns = First ? 2 : 1, batch = 3;
  constexpr int width = tl::output_size<logits<N, First>>;
  constexpr bool one = (std::is_same_v<Options, tl::batch<1>> || ...);
  std::vector<T> x(static_cast<std::size_t>(batch * N * columns)), y(batch * width);
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = row[i / static_cast<std::size_t>(columns) % static_cast<std::size_t>(N)];
  const tl::parameters<logits<N, First>, T> none;
  tl::forward<logits<N, First>, Options...>(none, x.data(), y.data());
  const std::vector<long double> want = expected(row);
  const double ulp = std::numeric_limits<T>::epsilon();
  for (int r = 0; r < (one ? 1 : batch); ++r)
    for (int i = 0; i < width / columns; ++i) {
      const int block = i / N, column = i % N;
      const long double w = want[static_cast<std::size_t>(i)];
      for (int c = 0; c < columns; ++c) {
        INFO("row from " << row[0] << ", kind " << block << ", element " << column);
        const int at = r * width + block * N * columns + (block < 5 ? column * columns : 0) + c;
        // Gradients are differences of numbers up to N^2 / 2, log_softmax one of numbers of its
        // size.
        const long double size =
            block == 2 || block == 3 ? N * N / 2.0L + std::abs(w) : std::abs(w);
        if (std::abs(w) > std::numeric_limits<T>::max()) {
          CHECK(y[static_cast<std::size_t>(at)] == static_cast<T>(w));
          continue;
        }
        const auto error = std::abs(static_cast<long double>(y[static_cast<std::size_t>(at)]) - w);
        // Probabilities are right in all digits down to e^-60 at least.
        const bool share = block == 0 || block == 4;
        CHECK(error <= (share ? 1e-27 : 4 * ulp) + (share ? 32 : 16) * ulp * size);
      }
    }
}

template <class T, int N, bool First, class... Options>
void check_rows() {
  std::vector<T> offsets;
  for (const double o : {0.0, 30.0,  1e3, 3.5e4, 1.4e5, 1e6,  2.9e6, 4e6,  5.8e6, 1e7,
                         3e7, 2.7e8, 6e8, 1e9,   1.5e9, 1e10, 1e15,  1e20, 1e38,  3.3e38})
    offsets.push_back(static_cast<T>(o));
  if (sizeof(T) == 8)
    for (const double o : {2e9, 1e13, 1.4e15, 3e15, 1e16, 2e17, 1e18, 1e100, 1.7e308})
      offsets.push_back(static_cast<T>(o));
  for (const T offset : offsets)
    for (const T sign : {T(1), T(-1)}) {
      std::vector<T> row;
      // Differences that the sum keeps, and then equal ones.
      for (int i = 0; i < N; ++i) row.push_back(offset * sign + T(i * 5 % N % 3));
      check<T, N, First, Options...>(row);
      // Neighbouring numbers.
      T next = offset * sign;
      for (T& e : row) e = next, next = std::nextafter(next, T(0));
      check<T, N, First, Options...>(row);
      // One that is far from all others.
      row[0] = -offset * sign;
      check<T, N, First, Options...>(row);
    }
}

}  // namespace

TEMPLATE_TEST_CASE("one short row of logits of any size", "", float, double) {
  check_rows<TestType, 3, false, tl::batch<1>>();
  check_rows<TestType, 13, false, tl::batch<1>>();
}

TEMPLATE_TEST_CASE("rows of logits of any size", "", float, double) {
  check_rows<TestType, 3, false, tl::batch<3>>();
  check_rows<TestType, 5, false, tl::batch<3>, tl::lanes_over<tl::lane_axis::samples>>();
  check_rows<TestType, 20, false, tl::batch<1>>();
}

TEMPLATE_TEST_CASE("logits of any size along the first axis", "", float, double) {
  check_rows<TestType, 3, true, tl::batch<1>>();
}

TEMPLATE_TEST_CASE("the interpreter's logits of any size", "", float, double) {
  check_rows<TestType, 3, false, tl::batch<1>, tl::by_reference>();
  check_rows<TestType, 5, false, tl::batch<3>, tl::by_reference>();
}

namespace {

/// Constant expressions give what calls give.
template <class T, int Batch>
consteval bool constant_rows() {
  using net = logits<3, false>;
  for (const T offset : {T(0), T(4e6), T(-1e7), T(1e9), T(-1e20), T(3e38)}) {
    std::array<T, 3 * Batch> x{};
    for (int i = 0; i < 3 * Batch; ++i) x[static_cast<std::size_t>(i)] = offset + T(i % 3);
    std::array<T, 16 * Batch> y{};
    tl::forward<net, tl::batch<Batch>>(tl::parameters<net, T>{}, x.data(), y.data());
    const T d = x[1] - x[0], e = x[2] - x[0], p = y[16 * (Batch - 1)];
    const T wanted = d == 0 && e == 0 ? T(1.0 / 3) : d == 1 && e == 2 ? T(0.0900305732) : T(-1);
    const T equal = wanted < 0 ? p - y[16 * (Batch - 1) + 8 + 3] : p - wanted;
    if (wanted > 0 && !(equal < T(1e-6) && equal > T(-1e-6))) return false;
    if (!(p >= 0 && p <= 1)) return false;
  }
  return true;
}
static_assert(constant_rows<float, 1>() && constant_rows<float, 2>());
static_assert(constant_rows<double, 1>() && constant_rows<double, 2>());

template <int N>
struct log_sum : tl::network<log_sum<N>> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{N}), s = tl::math::log_sum_exp(x);
    return tl::math::concat(s, tl::gradient(tl::math::sum(s), x), 0);
  }
};

}  // namespace

TEMPLATE_TEST_CASE("log_sum_exp of infinite logits is PyTorch's", "", float, double) {
  using T = TestType;
  const T inf = std::numeric_limits<T>::infinity(), nan = std::numeric_limits<T>::quiet_NaN();
  const auto check = [&]<int Batch, class... Options>() {
    const auto of = [](T a, T b, T c) {
      std::array<T, 3 * Batch> x{};
      for (std::size_t i = 0; i < x.size(); i += 3) x[i] = a, x[i + 1] = b, x[i + 2] = c;
      std::array<T, 4 * Batch> y{};
      tl::forward<log_sum<3>, tl::batch<Batch>, Options...>(tl::parameters<log_sum<3>, T>{},
                                                            x.data(), y.data());
      return std::array<T, 4>{y[4 * Batch - 4], y[4 * Batch - 3], y[4 * Batch - 2],
                              y[4 * Batch - 1]};
    };
    const auto none = of(-inf, -inf, -inf);
    CHECK(none[0] == -inf);
    CHECK(std::isnan(none[1]));
    const auto above = of(1, inf, 200);
    CHECK(above[0] == inf);
    CHECK((above[1] == 0 && std::isnan(above[2]) && above[3] == 0));
    CHECK(of(inf, inf, -inf)[0] == inf);
    const auto hidden = of(1, -inf, 1);
    CHECK(hidden[0] == Approx(1.69314718));
    CHECK((hidden[1] == Approx(0.5) && hidden[2] == 0));
    CHECK(std::isnan(of(1, nan, 2)[0]));
    CHECK(std::isnan(of(inf, nan, 2)[0]));
    CHECK(std::isnan(of(-inf, nan, -inf)[0]));
  };
  check.template operator()<1>();
  check.template operator()<3>();
  check.template operator()<2, tl::by_reference>();
}
