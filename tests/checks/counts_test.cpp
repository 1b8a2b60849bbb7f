// Numbers of rows that are no batch, and labels that are left out or are none, without checks: what
// such calls do is defined, and they read and write nothing out of bounds.
#undef TAPELESS_CHECKS
#define TAPELESS_CHECKS 0
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace tl = tapeless;

namespace {

struct net : tl::sequential<tl::input<3>, tl::dense<5>, tl::tanh, tl::dense<4>> {};
using without_some = tl::ignore_index<tl::cross_entropy>;
template <class Loss, int Batch, class... Options>
using trainer =
    tl::trainer<net, Loss, tl::sgd, tl::batch<Batch>, tl::scalar_type<double>, Options...>;

/// Inputs and labels, in memory of exactly so many rows.
struct rows {
  std::vector<double> x, y;
  explicit rows(int n, int ignored_every = 0) {
    for (int i = 0; i < n; ++i) {
      for (int k = 0; k < 3; ++k) x.push_back(std::sin(i + 0.7 * k));
      y.push_back(ignored_every > 0 && i % ignored_every == 0 ? -100 : i % 4);
    }
  }
  /// Those that count.
  rows counted() const {
    rows r{0};
    for (std::size_t i = 0; i < y.size(); ++i)
      if (y[i] >= 0) {
        r.y.push_back(y[i]);
        r.x.insert(r.x.end(), x.begin() + 3 * std::ptrdiff_t(i),
                   x.begin() + 3 * std::ptrdiff_t(i) + 3);
      }
    return r;
  }
  int count() const { return static_cast<int>(y.size()); }
};

const auto start = tl::init<net, tl::as_declared, double>(tl::seed{3});

double by_single_rows(const rows& r) {
  const trainer<tl::cross_entropy, 1> one{start};
  double sum = 0;
  for (int i = 0; i < r.count(); ++i) sum += one.loss(r.x.data() + 3 * i, r.y.data() + i);
  return sum / r.count();
}

template <int Batch, class... Options>
void check_any_count() {
  const trainer<tl::cross_entropy, Batch, Options...> t{start};
  const trainer<tl::summed<tl::cross_entropy>, Batch, Options...> summed{start};
  for (const int n : {1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 100}) {
    const rows r{n};
    CHECK(t.loss(r.x.data(), r.y.data(), n) == Approx(by_single_rows(r)).epsilon(1e-12));
    CHECK(summed.loss(r.x.data(), r.y.data(), n) == Approx(n * by_single_rows(r)).epsilon(1e-12));
    std::vector<double> out(static_cast<std::size_t>(4 * n) + 1, 77);
    t.predict(r.x.data(), out.data(), n);
    CHECK(out.back() == 77);
    for (int i = 0; i < n; ++i) {
      double one[4];
      tl::forward<net>(start, r.x.data() + 3 * i, one);
      for (int k = 0; k < 4; ++k)
        CHECK(out[static_cast<std::size_t>(4 * i + k)] == Approx(one[k]).epsilon(1e-12));
    }
  }
}

}  // namespace

TEST_CASE("loss and predict take any number of rows") {
  check_any_count<1>();
  check_any_count<4>();
  check_any_count<16, tl::stack_limit<0>>();
}

TEST_CASE("a count below 1 reads nothing and changes nothing") {
  trainer<tl::cross_entropy, 4> t{start};
  trainer<tl::summed<tl::cross_entropy>, 4> summed{start};
  for (const int n : {0, -1, std::numeric_limits<int>::min()}) {
    CHECK(std::isnan(t.loss(nullptr, nullptr, n)));
    CHECK(std::isnan(t.step(nullptr, nullptr, n)));
    CHECK(std::isnan(t.accumulate(nullptr, nullptr, n)));
    CHECK(summed.loss(nullptr, nullptr, n) == 0);
    t.predict(nullptr, nullptr, n);
  }
  CHECK(t.steps() == 0);
  CHECK(std::memcmp(&t.parameters(), &start, sizeof start) == 0);
}

TEST_CASE("a step of more rows than a batch takes the first batch") {
  trainer<tl::cross_entropy, 4> more{start}, four{start};
  const rows r{9};
  CHECK(more.step(r.x.data(), r.y.data(), 9) == four.step(r.x.data(), r.y.data()));
  CHECK(more.accumulate(r.x.data(), r.y.data(), 5) == four.accumulate(r.x.data(), r.y.data()));
  CHECK(more.steps() == four.steps());
  CHECK(std::memcmp(&more.parameters(), &four.parameters(), sizeof start) == 0);
  CHECK(std::memcmp(&more.state().gradient, &four.state().gradient, sizeof start) == 0);
}

TEST_CASE("some rows of a batch accumulate as a smaller batch") {
  trainer<tl::cross_entropy, 8> some{start};
  trainer<tl::cross_entropy, 3> three{start};
  const rows r{3};
  CHECK(some.accumulate(r.x.data(), r.y.data(), 3) ==
        Approx(three.accumulate(r.x.data(), r.y.data())).epsilon(1e-13));
  CHECK(some.steps() == 0);
  some.apply(), three.apply();
  for (int i = 0; i < start.size; ++i)
    CHECK(some.parameters().data[i] == Approx(three.parameters().data[i]).margin(1e-14));
}

TEST_CASE("samples of the ignored index count neither in the mean nor in the gradient") {
  for (const int every : {2, 3, 7}) {
    const rows all{8, every}, counted = all.counted();
    const double wanted = by_single_rows(counted);
    trainer<without_some, 8> t{start};
    CHECK(t.loss(all.x.data(), all.y.data()) == Approx(wanted).epsilon(1e-12));
    trainer<tl::cross_entropy, 8> plain{start};
    CHECK(t.step(all.x.data(), all.y.data()) == Approx(wanted).epsilon(1e-12));
    plain.step(counted.x.data(), counted.y.data(), counted.count());
    for (int i = 0; i < start.size; ++i)
      CHECK(t.parameters().data[i] == Approx(plain.parameters().data[i]).margin(1e-13));

    trainer<without_some, 16> larger{start};  // the same rows as a smaller last batch
    CHECK(larger.step(all.x.data(), all.y.data(), 8) == Approx(wanted).epsilon(1e-12));
    for (int i = 0; i < start.size; ++i)
      CHECK(larger.parameters().data[i] == Approx(plain.parameters().data[i]).margin(1e-13));

    trainer<without_some, 3> chunks{start};  // a mean over chunks of which each counts its own
    CHECK(chunks.loss(all.x.data(), all.y.data(), 8) == Approx(wanted).epsilon(1e-12));
    const auto g =
        tl::value_and_grad<net, without_some, tl::batch<8>>(start, all.x.data(), all.y.data());
    CHECK(g.loss == Approx(wanted).epsilon(1e-12));
    const auto kernel_free = tl::value_and_grad<net, without_some, tl::batch<8>, tl::by_reference>(
        start, all.x.data(), all.y.data());
    for (int i = 0; i < start.size; ++i)
      CHECK(g.gradient.data[i] == Approx(kernel_free.gradient.data[i]).margin(1e-13));
    const trainer<tl::summed<without_some>, 4> summed{start};
    CHECK(summed.loss(all.x.data(), all.y.data(), 8) ==
          Approx(counted.count() * wanted).epsilon(1e-12));
  }
}

TEST_CASE("where no sample counts the loss is NaN and the gradient 0, as in PyTorch") {
  const rows none{8, 1};
  trainer<without_some, 8> t{start};
  CHECK(std::isnan(t.loss(none.x.data(), none.y.data())));
  CHECK(std::isnan(t.step(none.x.data(), none.y.data())));
  CHECK(std::isnan(t.step(none.x.data(), none.y.data(), 3)));
  CHECK(std::memcmp(&t.parameters(), &start, sizeof start) == 0);
  const trainer<tl::ignore_index<tl::summed<tl::nll>, -100>, 8> summed{start};
  CHECK(summed.loss(none.x.data(), none.y.data()) == 0);
}

TEST_CASE("a label of no class is that of the class with the largest score") {
  struct logits : tl::sequential<tl::input<2>> {};
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double x[2] = {0.5, -1}, sum = std::log(1 + std::exp(-1.5));
  const tl::trainer<logits, tl::cross_entropy, tl::sgd, tl::scalar_type<double>> t{
      tl::parameters<logits, double>{}};
  for (const double label : {-1.0, 2.0, 0.5, 1e300, nan})
    CHECK(t.loss(x, &label) == Approx(sum).epsilon(1e-12));
}
