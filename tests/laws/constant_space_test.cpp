// The constant law over space: constant expressions compute convolutions, norms and pools as
// kernels do.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct net
    : tl::sequential<tl::input<1, 4, 5>,
                     tl::conv2d<3, tl::kernel{.size = 3, .stride = 2, .padding = 1}, tl::bias::off>,
                     tl::batch_norm<>, tl::relu, tl::max_pool2d<2>, tl::flatten> {};

constexpr int rows = 2;

struct samples {
  double x[rows * 20] = {}, t[rows * 3] = {};
  constexpr samples() {
    for (int i = 0; i < rows * 20; ++i) x[i] = i * i % 11 / 4.0 - 1;
    for (int i = 0; i < rows * 3; ++i) t[i] = i % 2;
  }
};

constexpr auto start() { return tl::init<net, tl::as_declared, double>(tl::seed{3}); }

constexpr auto outputs() {
  std::array<double, rows * 3> y{};
  tl::forward<net, tl::batch<rows>>(start(), samples{}.x, y.data());
  return y;
}
constexpr auto gradient() {
  const samples s;
  return tl::value_and_grad<net, tl::mse, tl::batch<rows>>(start(), s.x, s.t);
}

void check_same(const double* at_run_time, const double* constant, int n) {
  for (int i = 0; i < n; ++i)
    CHECK(at_run_time[i] == Approx(constant[i]).epsilon(1e-13).margin(1e-13));
}

/// One channel of one tap in the middle, and statistics that change nothing: a pool of the input.
struct pooled : tl::sequential<tl::input<1, 2, 4>, tl::conv2d<1, 1, tl::bias::off>,
                               tl::batch_norm<0.0>, tl::max_pool2d<2>, tl::flatten> {};
constexpr auto greatest = [] {
  tl::parameters<pooled, double> theta = tl::init<pooled, tl::as_declared, double>(tl::seed{1});
  theta.set(0, 0, 1.0);
  return tl::forward<pooled>(theta, std::array<double, 8>{1, 5, -3, -2, 2, 4, -7, -1});
}();
static_assert(greatest == std::array<double, 2>{5, -1});

}  // namespace

TEST_CASE("constant outputs over space equal those at run time") {
  constexpr auto constant = outputs();
  check_same(outputs().data(), constant.data(), rows * 3);
}
TEST_CASE("constant gradients over space equal those at run time") {
  constexpr auto constant = gradient();
  static_assert(constant.loss > 0);
  const auto r = gradient();
  check_same(&r.loss, &constant.loss, 1);
  check_same(r.gradient.data, constant.gradient.data, r.gradient.size);
}
