// Networks and batches that are larger than a stack run in a thread whose stack has 64 KB.

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <memory>
#include <tapeless/tapeless.hpp>
#include <tapeless/threads.hpp>
#include <tapeless/train/fit.hpp>
#include <vector>

#include "small_stack.hpp"

namespace tl = tapeless;
using fixture::on_a_small_stack;

namespace {

struct deep : tl::sequential<tl::input<784>, tl::dense<1024>, tl::relu, tl::dense<1024>, tl::relu,
                             tl::dense<10>> {};
struct wide : tl::sequential<tl::input<784>, tl::dense<16>, tl::relu, tl::dense<10>> {};

using deep_trainer = tl::trainer<deep, tl::cross_entropy, tl::adam, tl::batch<2>>;
using wide_trainer = tl::trainer<wide, tl::cross_entropy, tl::sgd, tl::batch<4096>>;

tl::dataset<float> rows(int n) {
  tl::dataset<float> data;
  data.inputs = 784, data.targets = 1;
  for (int i = 0; i < 784 * n; ++i)
    data.xs.push_back(std::sin(0.37f * static_cast<float>(i % 9973)));
  for (int i = 0; i < n; ++i) data.ys.push_back(static_cast<float>(i % 10));
  return data;
}

}  // namespace

TEST_CASE("a large network is made, trained and differentiated in place", "[large]") {
  const auto data = rows(3);
  float before = 0, after = 0, gradient_loss = 0, y[30] = {};
  on_a_small_stack([&] {
    const auto t =
        std::make_unique<deep_trainer>(tl::seed{1}, tl::adam::options{.learning_rate = 1e-3});
    before = t->loss(data.xs.data(), data.ys.data(), 3);
    const auto gradient = std::make_unique<tl::parameters<deep>>();
    gradient_loss = tl::value_and_grad<deep, tl::cross_entropy>(t->parameters(), data.xs.data(),
                                                                data.ys.data(), *gradient);
    t->step(data.xs.data(), data.ys.data());
    t->step(data.xs.data(), data.ys.data(), 1);
    t->accumulate(data.xs.data(), data.ys.data());
    t->apply();
    t->predict(data.xs.data(), y, 3);
    after = t->loss(data.xs.data(), data.ys.data(), 3);
  });
  CHECK(before == Approx(std::log(10)).margin(0.3));
  CHECK(gradient_loss == Approx(before).margin(0.5));
  CHECK(after < before);
  for (const float v : y) CHECK(std::isfinite(v));
}

TEST_CASE("a large batch is evaluated, trained on and fitted", "[large]") {
  static_assert(!std::is_trivially_copyable_v<wide_trainer>);
  const auto data = rows(5000), validation = rows(300);
  auto small =
      std::make_unique<tl::trainer<wide, tl::cross_entropy, tl::sgd, tl::batch<8>>>(tl::seed{1});
  const double wanted = tl::mean_loss(*small, validation);
  double loss = 0, validated = 0;
  float partial = 0;
  std::vector<float> outputs(10 * 5000);
  on_a_small_stack([&] {
    auto t = std::make_unique<wide_trainer>(tl::seed{1});
    loss = tl::mean_loss(*t, validation);
    partial = t->loss(data.xs.data(), data.ys.data(), 5);
    t->predict(data.xs.data(), outputs.data(), 5000);
    t->step(data.xs.data(), data.ys.data(), 3);
    const auto again = std::make_unique<wide_trainer>(*t);  // with memory of its own
    t.reset();
    const auto h = tl::fit(*again, data,
                           {.epochs = 1,
                            .validation = &validation,
                            .metrics = {{"accuracy", tl::accuracy<float>}},
                            .progress = tl::show::never,
                            .table = nullptr});
    validated = h.back().validation_loss;
  });
  CHECK(loss == Approx(wanted).epsilon(1e-5));
  CHECK(validated < loss);
  CHECK(partial == Approx(small->loss(data.xs.data(), data.ys.data(), 5)).epsilon(1e-5));
  std::vector<float> few(10 * 5000);
  small->predict(data.xs.data(), few.data(), 5000);
  for (std::size_t i = 0; i < few.size(); i += 997)
    CHECK(outputs[i] == Approx(few[i]).margin(1e-5));
}

TEST_CASE("calls without an owner take memory that is lent", "[large]") {
  const auto data = rows(1024);
  std::vector<float> y(10 * 1024);
  float loss = 0;
  on_a_small_stack([&] {
    using rows_at_once = tl::batch<1024>;
    const auto theta = std::make_unique<tl::parameters<wide>>();
    tl::init_into(*theta, tl::seed{1});
    const auto room = std::make_unique<tl::forward_workspace<wide, float, rows_at_once>>();
    tl::forward<wide, rows_at_once>(*theta, data.xs.data(), y.data(), *room);
    const auto more =
        std::make_unique<tl::gradient_workspace<wide, tl::cross_entropy, float, rows_at_once>>();
    const auto gradient = std::make_unique<tl::parameters<wide>>();
    loss = tl::value_and_grad<wide, tl::cross_entropy, rows_at_once>(
        *theta, data.xs.data(), data.ys.data(), *gradient, *more);
  });
  const tl::trainer<wide, tl::cross_entropy, tl::sgd, tl::batch<8>> small{tl::seed{1}};
  CHECK(loss == Approx(small.loss(data.xs.data(), data.ys.data(), 1024)).epsilon(1e-4));
  float one[10];
  small.predict(data.xs.data() + 784 * 1023, one, 1);
  for (std::size_t k = 0; k < 10; ++k) CHECK(y[10 * 1023 + k] == Approx(one[k]).margin(1e-5));
}

TEST_CASE("threads of a trainer need no larger stacks", "[large]") {
  using trainer = tl::trainer<wide, tl::cross_entropy, tl::sgd, tl::batch<1024>, tl::threads<2>>;
  const auto data = rows(1024);
  pthread_attr_t before, small;
  REQUIRE(pthread_getattr_default_np(&before) == 0);
  REQUIRE(pthread_attr_init(&small) == 0);
  REQUIRE(pthread_attr_setstacksize(&small, fixture::small_stack_bytes) == 0);
  REQUIRE(pthread_setattr_default_np(&small) == 0);  // of the threads that the trainer starts
  float first = 0, last = 0;
  on_a_small_stack([&] {
    const auto t = std::make_unique<trainer>(tl::seed{1});
    first = t->step(data.xs.data(), data.ys.data());
    last = t->loss(data.xs.data(), data.ys.data(), 1000);
  });
  CHECK(pthread_setattr_default_np(&before) == 0);
  CHECK(first == Approx(std::log(10)).margin(0.5));
  CHECK(last < first);
}
