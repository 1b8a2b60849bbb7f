// The constant law: a constant expression computes what the kernels compute at run time.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<3>, tl::dense<5>, tl::gelu, tl::dense<2>> {};

constexpr int rows = 4;

template <class T>
struct samples {
  T x[rows * 3] = {}, y[rows] = {};
  constexpr samples() {
    for (int i = 0; i < rows * 3; ++i) x[i] = static_cast<T>(i * i % 11 - 5) / T(4);
    for (int i = 0; i < rows; ++i) y[i] = static_cast<T>(i % 2);
  }
};

template <class T>
constexpr auto outputs() {
  const samples<T> s;
  const auto theta = tl::init<net, tl::as_declared, T>(tl::seed{3});
  std::array<T, rows * 2> y{};
  tl::forward<net, tl::batch<rows>>(theta, s.x, y.data());
  return y;
}

template <class T>
constexpr auto gradient() {
  const samples<T> s;
  const auto theta = tl::init<net, tl::as_declared, T>(tl::seed{3});
  return tl::value_and_grad<net, tl::cross_entropy, tl::batch<rows>>(theta, s.x, s.y);
}

template <class T, class Optimizer>
constexpr auto trained() {
  const samples<T> s;
  tl::trainer<net, tl::cross_entropy, Optimizer, tl::batch<rows>, tl::scalar_type<T>> t{
      tl::init<net, tl::as_declared, T>(tl::seed{3}), {.learning_rate = 0.05}};
  struct result {
    T loss[3];
    tl::parameters<net, T> theta;
  } r{};
  for (T& loss : r.loss) loss = t.step(s.x, s.y);
  r.theta = t.parameters();
  return r;
}

template <class T>
void check_same(const T* at_run_time, const T* constant, int n) {
  const double tolerance = sizeof(T) == 4 ? 2e-6 : 1e-14;
  for (int i = 0; i < n; ++i)
    CHECK(at_run_time[i] == Approx(constant[i]).epsilon(tolerance).margin(tolerance));
}

template <class T>
void check_gradient() {
  constexpr auto constant = gradient<T>();
  const auto r = gradient<T>();
  check_same(&r.loss, &constant.loss, 1);
  check_same(r.gradient.data, constant.gradient.data, r.gradient.size);
}

template <class T, class Optimizer>
void check_training() {
  constexpr auto constant = trained<T, Optimizer>();
  static_assert(constant.loss[2] < constant.loss[0]);
  const auto r = trained<T, Optimizer>();
  check_same(r.loss, constant.loss, 3);
  check_same(r.theta.data, constant.theta.data, r.theta.size);
}

}  // namespace

TEST_CASE("constant outputs equal those at run time") {
  constexpr auto single = outputs<float>();
  check_same(outputs<float>().data(), single.data(), rows * 2);
  constexpr auto twice = outputs<double>();
  check_same(outputs<double>().data(), twice.data(), rows * 2);
}

TEST_CASE("constant gradients equal those at run time") {
  check_gradient<float>();
  check_gradient<double>();
}

TEST_CASE("constant training equals that at run time") {
  check_training<float, tl::sgd>();
  check_training<double, tl::adam>();
}
