// forward and value_and_grad of a number of rows that is known at run time.

#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <checks/tagger.hpp>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<3>, tl::dense<5>, tl::tanh, tl::dense<4>> {};
using values = std::vector<double>;

const auto theta = tl::init<net, tl::as_declared, double>(tl::seed{3});

values numbers(int n, int seed) {
  values x(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) x[static_cast<std::size_t>(i)] = std::sin(1.3 * i + seed);
  return x;
}

/// Rows one by one.
values wanted(const values& x, int count) {
  values y;
  for (std::size_t s = 0; s < static_cast<std::size_t>(count); ++s)
    for (const double v : tl::forward<net>(theta, std::array{x[3 * s], x[3 * s + 1], x[3 * s + 2]}))
      y.push_back(v);
  return y;
}

template <int Batch, class... Options>
void check_forward() {
  for (const int count : {1, 2, 7, 8, 9, 15, 16, 17, 40}) {
    const values x = numbers(3 * count, 1);
    values y(static_cast<std::size_t>(4 * count) + 1, 77.0);
    tl::forward<net, tl::batch<Batch>, Options...>(theta, x.data(), y.data(), count);
    const values w = wanted(x, count);
    for (std::size_t i = 0; i < w.size(); ++i) CHECK(y[i] == Approx(w[i]).epsilon(1e-12));
    CHECK(y.back() == 77.0);
  }
}

template <class Loss, int Batch>
void check_gradient(const values& t) {
  constexpr int row = tl::target_size<net, Loss>;
  for (int count = 1; count <= Batch; ++count) {
    const values x = numbers(3 * count, 2);
    // The mean over rows of the gradients of rows; shares count differently under some losses.
    using one = tl::trainer<net, Loss, tl::sgd, tl::scalar_type<double>>;
    tl::parameters<net, double> sum{};
    double loss = 0, shares = 0;
    for (int s = 0; s < count; ++s) {
      const double share = tl::is_summed<Loss> ? 1 : one::counted_share(t.data() + row * s, 1);
      if (share == 0) continue;
      const auto r = tl::value_and_grad<net, Loss>(theta, x.data() + 3 * s, t.data() + row * s);
      loss += share * r.loss;
      shares += share;
      for (int i = 0; i < sum.size; ++i) sum.data[i] += share * r.gradient.data[i];
    }
    if (tl::is_summed<Loss>) shares = 1;
    const auto got =
        tl::value_and_grad<net, Loss, tl::batch<Batch>>(theta, x.data(), t.data(), count);
    if (shares == 0) {
      CHECK(std::isnan(got.loss));
    } else {
      CHECK(got.loss == Approx(loss / shares).epsilon(1e-12));
    }
    for (int i = 0; i < sum.size; ++i)
      CHECK(got.gradient.data[i] ==
            Approx(shares == 0 ? 0 : sum.data[i] / shares).epsilon(1e-11).margin(1e-14));
  }
}

}  // namespace

TEST_CASE("forward of any number of rows") {
  check_forward<8>();
  check_forward<8, tl::lanes_over<tl::lane_axis::samples>>();
  check_forward<1>();
  static_assert([] {
    const float x[9] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    float y[12] = {}, z[12] = {};
    constexpr auto w = tl::init<net>(tl::seed{1});
    tl::forward<net, tl::batch<2>>(w, static_cast<const float*>(x), y, 3);
    for (int s = 0; s < 3; ++s) tl::forward<net>(w, x + 3 * s, z + 4 * s);
    for (int i = 0; i < 12; ++i)
      if (y[i] != z[i]) return false;
    return true;
  }());
}

TEST_CASE("loss and gradient of the first rows of a batch") {
  check_gradient<tl::mse, 5>(numbers(20, 3));
  check_gradient<tl::summed<tl::mae>, 3>(numbers(20, 3));
  check_gradient<tl::ignore_index<tl::class_weights<tl::cross_entropy, 1, 2, 3, 0.5>, 1>, 4>(
      {1, 0, 3, 2});
}

#if !TAPELESS_CHECKS
TEST_CASE("counts out of range of calls without a trainer") {
  const values x = numbers(12, 1), t = numbers(16, 2);
  values y(16, 5.0);
  tl::forward<net, tl::batch<4>>(theta, x.data(), y.data(), 0);
  tl::forward<net, tl::batch<4>>(theta, x.data(), y.data(), -3);
  CHECK(y == values(16, 5.0));
  tl::parameters<net, double> g = theta;
  CHECK(
      std::isnan(tl::value_and_grad<net, tl::mse, tl::batch<4>>(theta, x.data(), t.data(), g, 0)));
  CHECK(g.data[0] == 0);
  CHECK(tl::value_and_grad<net, tl::mse, tl::batch<4>>(theta, x.data(), t.data(), g, 9) ==
        tl::value_and_grad<net, tl::mse, tl::batch<4>>(theta, x.data(), t.data(), g));
}
#endif

TEST_CASE("engines of another source take a count, and memory") {
  using compiled_once::several;
  const auto w = tl::init<compiled_once::tagger, tl::as_declared, double>(tl::seed{2});
  const values x = numbers(7 * 13, 4);
  values y(5 * 13), z(5 * 13);
  for (const int count : {1, 5, 6, 13}) {
    several::forward(w, x.data(), y.data(), count);
    tl::forward<compiled_once::tagger, tl::batch<6>>(w, x.data(), z.data(), count);
    for (std::size_t i = 0; i < static_cast<std::size_t>(5 * count); ++i) CHECK(y[i] == z[i]);
  }
  REQUIRE(several::workspace_size() > 0);
  struct alignas(64) line {
    double of[8];
  };
  const auto room =
      std::make_unique<line[]>(static_cast<std::size_t>(several::workspace_size()) / 8 + 1);
  several::forward(w, x.data(), z.data());
  several::forward(w, x.data(), y.data(), room[0].of);
  for (std::size_t i = 0; i < 30; ++i) CHECK(y[i] == z[i]);
}
