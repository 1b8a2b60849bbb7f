// Connectionist temporal classification against PyTorch, and where PyTorch says nothing.

#include <catch2/catch.hpp>
#include <cmath>
#include <golden/ctc.hpp>
#include <limits>
#include <tapeless/tapeless.hpp>
#include <utility>
#include <vector>

namespace {

namespace tl = tapeless;
namespace pytorch = golden::ctc;
constexpr double none = -1;

template <int Steps, int Classes>
struct shifted : tl::network<shifted<Steps, Classes>> {
  static consteval tl::value define(tl::graph& g) {
    return g.input("x", tl::shape{Steps, Classes}) +
           g.parameter("shift", tl::shape{Steps, Classes});
  }
};

/// Eighths from -3 to 3, the numbers of golden/ctc.py.
double logit(int i) { return ((i * 37 + 11) % 49 - 24) / 8.0; }

/// The loss of one sample, of which `number` says which logits are its own, and its gradient.
template <class Loss, int Steps, int Classes, class T>
auto of_sample(int number, const std::vector<double>& target) {
  using net = shifted<Steps, Classes>;
  std::vector<T> x, t(target.begin(), target.end());
  for (int i = 0; i < Steps * Classes; ++i)
    x.push_back(number < 0 ? T{0} : static_cast<T>(logit(number * Steps * Classes + i)));
  const tl::parameters<net, T> theta{};
  tl::parameters<net, T> own{};
  const T loss = tl::value_and_grad<net, Loss, tl::batch<1>>(theta, x.data(), t.data(), own);
  std::pair<double, std::vector<double>> r{loss, {}};
  for (int i = 0; i < Steps * Classes; ++i) r.second.push_back(own.get(0, i));
  return r;
}

template <class Loss, int Steps, int Classes, class T, std::size_t N, std::size_t M>
void check_in(const std::vector<std::vector<double>>& targets, const std::array<double, N>& losses,
              const std::array<double, M>& gradient, double tolerance) {
  REQUIRE(targets.size() == N);
  constexpr int size = Steps * Classes;
  for (std::size_t s = 0; s < N; ++s) {
    const auto own = of_sample<Loss, Steps, Classes, T>(static_cast<int>(s), targets[s]);
    INFO("sample " << s);
    CHECK(std::abs(own.first - losses[s]) <= tolerance * (1 + losses[s]));
    for (std::size_t i = 0; i < size; ++i)
      CHECK(std::abs(own.second[i] - N * gradient[s * size + i]) <= tolerance);
  }
}

/// The cases of golden/ctc.py, sample by sample.
template <class Loss, int Steps, int Classes, std::size_t N, std::size_t M>
void check(const std::vector<std::vector<double>>& targets, const std::array<double, N>& losses,
           const std::array<double, M>& gradient) {
  check_in<Loss, Steps, Classes, double>(targets, losses, gradient, 1e-12);
}

}  // namespace

TEST_CASE("labels of one length", "[ctc]") {
  check<tl::ctc<3>, 6, 4>({{1, 2, 3}, {2, 1, 3}, {3, 2, 1}}, pytorch::plain_losses,
                          pytorch::plain_gradient);
  check_in<tl::ctc<3>, 6, 4, float>({{1, 2, 3}, {2, 1, 3}, {3, 2, 1}}, pytorch::plain_losses,
                                    pytorch::plain_gradient, 1e-5);
}
TEST_CASE("equal labels need a blank between them", "[ctc]") {
  check<tl::ctc<3>, 8, 3>({{1, 1, 2}, {2, 2, 2}, {1, 2, 1}}, pytorch::repeated_losses,
                          pytorch::repeated_gradient);
}
TEST_CASE("fewer labels, and none", "[ctc]") {
  check<tl::ctc<3>, 7, 5>({{1, 2, 4}, {3, none, none}, {none, none, none}}, pytorch::shorter_losses,
                          pytorch::shorter_gradient);
}
TEST_CASE("another blank", "[ctc]") {
  check<tl::ctc<2, tl::ctc_options{.blank = 3}>, 5, 4>(
      {{0, 1}, {2, 2}, {1, none}}, pytorch::other_blank_losses, pytorch::other_blank_gradient);
}
TEST_CASE("steps that do not count", "[ctc]") {
  check<tl::ctc<3, tl::ctc_options{.blank = 1, .lengths = true}>, 9, 4>(
      {{0, 2, 3, 9}, {2, 2, none, 4}, {3, none, none, 6}}, pytorch::lengths_losses,
      pytorch::lengths_gradient);
}
TEST_CASE("labels that just fit", "[ctc]") {
  check<tl::ctc<4>, 4, 3>({{1, 2, 1, 2}, {1, 1, none, none}, {2, 1, 2, none}},
                          pytorch::exact_losses, pytorch::exact_gradient);
  check<tl::ctc<1, tl::ctc_options{.blank = 2}>, 1, 3>({{0}, {1}, {none}}, pytorch::one_step_losses,
                                                       pytorch::one_step_gradient);
}
TEST_CASE("alignments of the same probability share the gradient", "[ctc]") {
  const auto own = of_sample<tl::ctc<3>, 12, 3, double>(-1, {1, 2, 2});
  for (std::size_t i = 0; i < own.second.size(); ++i)
    CHECK(std::abs(own.second[i] - pytorch::zero_gradient[i]) < 1e-12);
}
TEST_CASE("labels that do not fit or are no class", "[ctc]") {
  for (const std::vector<double>& t :
       {std::vector<double>{1, 1, 1}, {1, 7, none}, {1.5, none, none}, {4, 1, none}}) {
    const auto own = of_sample<tl::ctc<3>, 4, 4, float>(0, t);
    CHECK(own.first == std::numeric_limits<double>::infinity());
    for (const double d : own.second) CHECK(d == 0);
  }
}
TEST_CASE("a batch is trained", "[ctc]") {
  using net = tl::sequential<tl::input<10, 2>, tl::gru<8>, tl::dense_per_step<4>>;
  using trainer = tl::trainer<net, tl::ctc<2>, tl::adam, tl::batch<3>>;
  trainer t{tl::seed{3}, {.learning_rate = 0.02f}};
  std::vector<float> x(3 * 20);
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<float>(std::sin(0.9 * static_cast<double>(i * i)));
  const float labels[] = {1, 2, 3, -1, 2, 2};
  const float first = t.step(x.data(), labels);
  for (int k = 0; k < 200; ++k) t.step(x.data(), labels);
  CHECK(t.loss(x.data(), labels) < 0.1f * first);
}
