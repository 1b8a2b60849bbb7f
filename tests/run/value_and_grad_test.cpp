// Loss and gradient of a batch against PyTorch, at run time and in constant expressions.

#include <catch2/catch.hpp>
#include <run/golden_network.hpp>

namespace tl = tapeless;
namespace pytorch = golden::training;
using golden_network::net;

namespace {

constexpr double distance(double a, double b) { return a < b ? b - a : a - b; }

template <class T, class... Options>
constexpr auto evaluated() {
  const auto theta = golden_network::from<T>(pytorch::initial);
  const auto x = golden_network::samples<T>();
  const auto y = golden_network::labels<T>();
  return tl::value_and_grad<net, tl::cross_entropy, tl::batch<8>, Options...>(theta, x.data(),
                                                                              y.data());
}

template <class T>
constexpr double error_of(const tl::loss_and_gradient<net, T>& r) {
  double worst = distance(r.loss, pytorch::loss);
  golden_network::for_each_parameter([&](int t, int e, std::size_t at) {
    const double d = distance(r.gradient.get(t, e), pytorch::gradient[at]);
    worst = d > worst ? d : worst;
  });
  return worst;
}

static_assert(error_of(evaluated<double>()) < 1e-15);
static_assert(error_of(evaluated<float>()) < 3e-7);

}  // namespace

TEST_CASE("loss and gradient of a batch") {
  CHECK(error_of(evaluated<double, tl::lanes_over<tl::lane_axis::features>>()) < 1e-15);
  CHECK(error_of(evaluated<double, tl::lanes_over<tl::lane_axis::samples>>()) < 1e-15);
  CHECK(error_of(evaluated<float, tl::lanes_over<tl::lane_axis::features>>()) < 3e-7);
  CHECK(error_of(evaluated<float, tl::lanes_over<tl::lane_axis::samples>>()) < 3e-7);
}

TEST_CASE("loss and gradient of one sample") {
  const auto theta = golden_network::from<double>(pytorch::initial);
  const auto all = tl::value_and_grad<net, tl::cross_entropy, tl::batch<2>>(
      theta, pytorch::x.data(), pytorch::labels.data());
  double loss = 0;
  tl::parameters<net, double> mean;
  for (std::size_t s = 0; s < 2; ++s) {
    const std::array<double, 4> x{pytorch::x[4 * s], pytorch::x[4 * s + 1], pytorch::x[4 * s + 2],
                                  pytorch::x[4 * s + 3]};
    const auto one =
        tl::value_and_grad<net, tl::cross_entropy>(theta, x, std::array{pytorch::labels[s]});
    loss += one.loss / 2;
    for (int i = 0; i < mean.size; ++i) mean.data[i] += one.gradient.data[i] / 2;
  }
  CHECK(loss == Approx(all.loss).epsilon(1e-14));
  for (int i = 0; i < mean.size; ++i)
    CHECK(mean.data[i] == Approx(all.gradient.data[i]).margin(1e-15));
}

TEST_CASE("gradients of frozen parameters are 0, the others unchanged") {
  const auto free = evaluated<double>();
  const auto some = evaluated<double, tl::frozen_paths<"0", "2.bias">>();
  CHECK(some.loss == Approx(free.loss).epsilon(1e-15));
  golden_network::for_each_parameter([&](int t, int e, std::size_t) {
    if (t == 2)
      CHECK(some.gradient.get(t, e) == Approx(free.gradient.get(t, e)).epsilon(1e-13));
    else
      CHECK(some.gradient.get(t, e) == 0);
  });
}
