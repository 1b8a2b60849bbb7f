#include <catch2/catch.hpp>
#include <optional>

#include "../../bench/check.hpp"

using namespace contest;

namespace {

/// Every number's update at rate 1 against the slope of the loss, which a step returns.
void check_gradient(const network& net) {
  const auto start = initial<double>(net);
  const std::size_t rows = 3;
  const auto x = inputs<double>(rows * static_cast<std::size_t>(net.sizes.front()));
  const auto y = labels<double>(rows, classes_of(net));
  const auto loss = [&](const std::vector<double>& at) {
    return reference(net, at).step(x.data(), y.data(), rows, 0, optimizer::sgd);
  };
  reference trained(net, start);
  trained.step(x.data(), y.data(), rows, 1, optimizer::sgd);
  const auto after = trained.numbers();
  for (std::size_t i = 0; i < start.size(); ++i) {
    auto above = start, below = start;
    above[i] += 1e-5;
    below[i] -= 1e-5;
    CHECK(start[i] - after[i] == Approx((loss(above) - loss(below)) / 2e-5).margin(1e-7));
  }
}

/// The reference itself as a contender, off by `wrong` in one number.
struct itself : worker<double> {
  const network* net = &net_b;
  double wrong = 0;
  std::optional<reference> exact;
  double rate = 0;

  void load(std::span<const int>, const double* numbers) override {
    exact.emplace(*net, std::vector<double>(numbers, numbers + parameter_count(*net)));
  }
  void save(std::span<const int>, double* numbers) const override {
    const auto all = exact->numbers();
    std::copy(all.begin(), all.end(), numbers);
    numbers[7] += wrong;
  }
  void set_rate(double r) override { rate = r; }
  void forward(const double* x, double* y) override {
    const auto out = exact->forward(x);
    std::copy(out.begin(), out.end(), y);
    y[1] += wrong;
  }
  double step(const double* x, const double* target) override {
    return exact->step(x, target, 4, rate, optimizer::momentum);
  }
};

}  // namespace

TEST_CASE("bench: the reference's gradients are slopes") {
  check_gradient({{3, 4, 1}, activation::tanh, head::sigmoid});
  check_gradient({{3, 5, 4, 3}, activation::tanh, head::softmax});
  check_gradient({{3, 5, 3}, activation::relu, head::identity});
}

TEST_CASE("bench: a momentum step goes on, an adam step has the size of its rate") {
  const network net{{2, 3, 2}, activation::tanh, head::softmax};
  const auto start = initial<double>(net);
  const double x[] = {0.5, -0.25}, y[] = {1};
  reference heavy(net, start), plain(net, start), normed(net, start);
  heavy.step(x, y, 1, 0.1, optimizer::momentum);
  plain.step(x, y, 1, 0.1, optimizer::sgd);
  const auto once = heavy.numbers();
  CHECK(once == plain.numbers());
  heavy.step(x, y, 1, 0, optimizer::momentum);
  CHECK(heavy.numbers() == once);
  heavy.step(x, y, 1, 0.1, optimizer::momentum);
  plain.step(x, y, 1, 0.1, optimizer::sgd);
  CHECK(std::abs(heavy.numbers()[0] - once[0]) > 1.5 * std::abs(plain.numbers()[0] - once[0]));
  normed.step(x, y, 1, 0.01, optimizer::adam);
  const auto moved = normed.numbers();
  for (std::size_t i = 0; i < start.size(); ++i)
    CHECK(std::abs(moved[i] - start[i]) == Approx(0.01).epsilon(1e-3));
}

TEST_CASE("bench: a wrong contender is found") {
  job j{.name = "any", .net = &net_b};
  itself w;
  CHECK(error_of(w, j) == 0);
  w.wrong = 1e-3;
  CHECK(error_of(w, j) == Approx(1e-3));
  w.wrong = NAN;
  CHECK(error_of(w, j) == HUGE_VAL);
  j.how = mode::step;
  j.batch = 4;
  j.update = optimizer::momentum;
  CHECK(error_of(w, j) == HUGE_VAL);
  w.wrong = 0;
  CHECK(error_of(w, j) == 0);
  j.update = optimizer::sgd;  // the contender's momentum is now the mistake
  CHECK(error_of(w, j) > 1e-4);
}
