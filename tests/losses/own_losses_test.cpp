// Losses of one's own: without a target, and with numbers of the call behind the target.

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <tapeless/tapeless.hpp>
#include <tapeless/train/fit.hpp>

namespace tl = tapeless;
namespace m = tl::math;

namespace {

/// Makes the output large: its rows have no target.
struct minus_output {
  static constexpr tl::shape target(tl::shape) { return {0}; }
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value) { return -m::sum(y); }
};

/// A Huber loss whose delta comes with each row, behind the targets.
struct huber_of_row {
  static constexpr tl::shape target(tl::shape output) { return {output.count() + 1}; }
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value row) {
    const int n = y.dims().count();
    const tl::value t = m::slice(row, 0, 0, n), delta = row[n];
    const tl::value a = m::abs(y - t), c = m::min(a, delta);
    return m::sum(c * (a - tl::value{0.5} * c));
  }
};

/// A Huber loss whose delta may change while training.
struct huber_of_call {
  struct options {
    double delta = 1;
  };
  static constexpr void numbers(const options& o, double* scalar) { scalar[0] = o.delta; }
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape output) { return output.count(); }
  static constexpr tl::value lower(tl::graph& g, tl::value y, tl::value t) {
    const tl::value a = m::abs(y - t), c = m::min(a, tl::loss_scalar(g, 0));
    return m::sum(c * (a - tl::value{0.5} * c));
  }
};

struct net : tl::sequential<tl::input<3>, tl::dense<4>, tl::tanh, tl::dense<2>> {};

template <class Loss, int Batch = 4, class... More>
using trainer = tl::trainer<net, Loss, tl::sgd, tl::batch<Batch>, tl::scalar_type<double>, More...>;

const double x[12] = {1, 2, 3, -1, 0.5, 2, 0, 0, 1, -2, 1, 1};

}  // namespace

TEST_CASE("a loss without a target takes no targets") {
  static_assert(trainer<minus_output>::target_size == 0);
  trainer<minus_output> t{tl::seed{1}};
  double y[8];
  t.predict(x, y);
  double mean = 0;
  for (const double v : y) mean += v / 8;
  const double before = t.loss(x, nullptr);
  CHECK(before == Approx(-mean));
  CHECK(t.step(x, nullptr) == Approx(before));
  CHECK(t.step(x, nullptr, 3) < before + 1);
  t.accumulate(x, nullptr);
  t.apply();
  CHECK(t.loss(x, nullptr) < before);
  CHECK(t.loss(x, nullptr, 2) == Approx(trainer<minus_output, 2>{t.parameters()}.loss(x, nullptr)));
  const auto g = tl::value_and_grad<net, minus_output, tl::batch<4>>(t.parameters(), x,
                                                                     static_cast<double*>(nullptr));
  CHECK(g.loss == Approx(t.loss(x, nullptr)));
  const auto one = tl::value_and_grad<net, minus_output>(t.parameters(), std::array{1.0, 2.0, 3.0},
                                                         std::array<double, 0>{});
  CHECK(std::isfinite(one.loss));
  constexpr double at_compile_time = [] {
    trainer<minus_output, 1> c{tl::seed{1}};
    const double row[] = {1, 2, 3};
    c.step(row, nullptr);
    return c.loss(row, nullptr);
  }();
  CHECK(std::isfinite(at_compile_time));
}

TEST_CASE("fit trains a loss without a target") {
  const tl::dataset<double> data{{x, x + 12}, {}, 3, 0, {}};
  trainer<minus_output> t{tl::seed{1}};
  const double before = tl::mean_loss(t, data);
  const auto h = tl::fit(t, data, {.epochs = 4, .progress = tl::show::never, .table = nullptr});
  CHECK(h.back().train_loss < before);
  CHECK(tl::mean_loss(t, data) < before);
}

TEST_CASE("a number of a loss may change from call to call, in the target rows") {
  const double wanted[8] = {3, -2, 0.1, 0.2, -4, 1, 2, 2};
  const auto theta = tl::init<net, tl::as_declared, double>(tl::seed{2});
  for (const double delta : {0.25, 1.0, 7.5}) {
    double rows[12];
    for (int s = 0; s < 4; ++s) {
      rows[3 * s] = wanted[2 * s], rows[3 * s + 1] = wanted[2 * s + 1], rows[3 * s + 2] = delta;
    }
    const auto got = tl::value_and_grad<net, huber_of_row, tl::batch<4>>(theta, x, rows);
    const auto check = [&](const auto& w) {
      CHECK(got.loss == Approx(w.loss));
      for (int i = 0; i < theta.size; ++i)
        CHECK(got.gradient.data[i] == Approx(w.gradient.data[i]).margin(1e-13));
    };
    if (delta == 0.25)
      check(tl::value_and_grad<net, tl::huber<0.25>, tl::batch<4>>(theta, x, wanted));
    if (delta == 1.0)
      check(tl::value_and_grad<net, tl::huber<1.0>, tl::batch<4>>(theta, x, wanted));
    if (delta == 7.5)
      check(tl::value_and_grad<net, tl::huber<7.5>, tl::batch<4>>(theta, x, wanted));
  }
}

namespace {

/// Trainers of the loss with options and of the one with a constant give the same losses and
/// weights.
template <class Loss, class Fixed, class Optimizer, class... Options>
void check_options(double delta) {
  const double wanted[8] = {3, -2, 0.1, 0.2, -4, 1, 2, 2};
  const auto theta = tl::init<net, tl::as_declared, double>(tl::seed{2});
  using common = tl::scalar_type<double>;
  tl::trainer<net, Loss, Optimizer, tl::batch<4>, common, Options...> a{theta};
  tl::trainer<net, Fixed, Optimizer, tl::batch<4>, common, Options...> b{theta};
  a.loss_options().delta = delta;
  const auto near = [](double v) { return Approx(v).epsilon(1e-12).margin(1e-14); };
  for (int k = 0; k < 3; ++k) {
    CHECK(a.step(x, wanted) == near(b.step(x, wanted)));
    CHECK(a.step(x, wanted, 3) == near(b.step(x, wanted, 3)));
    CHECK(a.accumulate(x, wanted) == near(b.accumulate(x, wanted)));
    a.apply(), b.apply();
    CHECK(a.loss(x, wanted) == near(b.loss(x, wanted)));
  }
  for (int i = 0; i < theta.size; ++i)
    CHECK(a.parameters().data[i] == near(b.parameters().data[i]));
}

}  // namespace

TEST_CASE("numbers of a loss change while training") {
  using group = tl::parameter_group<tl::group_settings{.learning_rate_factor = 0.5}, "0">;
  check_options<huber_of_call, tl::huber<0.25>, tl::adam>(0.25);
  check_options<tl::summed<huber_of_call>, tl::summed<tl::huber<7.5>>, tl::sgd, group>(7.5);
  // The default where nothing is said: value_and_grad has no other.
  const double wanted[8] = {3, -2, 0.1, 0.2, -4, 1, 2, 2};
  const auto theta = tl::init<net, tl::as_declared, double>(tl::seed{2});
  const auto a = tl::value_and_grad<net, huber_of_call, tl::batch<4>>(theta, x, wanted);
  const auto b = tl::value_and_grad<net, tl::huber<1.0>, tl::batch<4>>(theta, x, wanted);
  CHECK(a.loss == Approx(b.loss));
  for (int i = 0; i < theta.size; ++i)
    CHECK(a.gradient.data[i] == Approx(b.gradient.data[i]).margin(1e-13));
  // They are part of the state.
  using t = trainer<huber_of_call>;
  t one{theta};
  one.loss_options().delta = 3;
  CHECK(one.state().loss_options.delta == 3);
  static_assert(std::is_trivially_copyable_v<t::state_type>);
  static_assert(sizeof(trainer<tl::mse>::state_type) ==
                sizeof(tl::training_state<net, tl::sgd, double>));
  constexpr bool at_compile_time = [] {
    trainer<huber_of_call, 1> c{tl::seed{1}};
    trainer<tl::huber<0.5>, 1> d{tl::seed{1}};
    c.loss_options().delta = 0.5;
    const double row[] = {1, 2, 3}, target[] = {9, 0.1};
    return c.step(row, target) == d.step(row, target) &&
           c.parameters().get(0, 0) == d.parameters().get(0, 0);
  }();
  static_assert(at_compile_time);
}

TEST_CASE("second derivatives of a loss have its numbers as declared") {
  // With delta 0 the loss and all its derivatives would be 0.
  const auto theta = tl::init<net, tl::as_declared, double>(tl::seed{1});
  const std::array<double, 3> row{1, 2, 3};
  const std::array<double, 2> t{0.2, -0.1};
  const auto with_options = tl::hvp<net, huber_of_call>(theta, row, t, theta);
  const auto fixed = tl::hvp<net, tl::huber<1.0>>(theta, row, t, theta);
  CHECK(with_options.loss == Approx(fixed.loss));
  for (int i = 0; i < theta.size; ++i)
    CHECK(with_options.product.data[i] == Approx(fixed.product.data[i]).margin(1e-14));
}
