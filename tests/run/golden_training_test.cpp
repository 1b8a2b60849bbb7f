// Training runs against PyTorch: losses and parameters of full and of partial batches.

#include <catch2/catch.hpp>
#include <run/golden_network.hpp>

namespace tl = tapeless;
namespace pytorch = golden::training;
using golden_network::net;

namespace {

template <class T>
void check_parameters(const tl::parameters<net, T>& got, const std::array<double, 51>& wanted,
                      double tolerance) {
  golden_network::for_each_parameter([&](int t, int e, std::size_t at) {
    INFO(std::string(got.tensors()[t].name.view()) << " element " << e);
    CHECK(got.get(t, e) == Approx(wanted[at]).epsilon(tolerance).margin(tolerance));
  });
}

/// Trains on the first 8 rows, or in turn on these and on the other 5.
template <class Optimizer, class T, tl::lane_axis Axis, std::size_t Steps>
void check_run(double learning_rate, const std::array<double, Steps>& losses,
               const std::array<double, 51>& parameters, bool partial, double tolerance) {
  const auto x = golden_network::samples<T>();
  const auto y = golden_network::labels<T>();
  tl::trainer<net, tl::cross_entropy, Optimizer, tl::batch<8>, tl::scalar_type<T>,
              tl::lanes_over<Axis>>
      t{golden_network::from<T>(pytorch::initial), {.learning_rate = learning_rate}};
  for (std::size_t k = 0; k < Steps; ++k) {
    INFO("step " << k);
    const bool rest = partial && k % 2 == 1;
    const T loss = rest ? t.step(x.data() + 32, y.data() + 8, 5) : t.step(x.data(), y.data());
    CHECK(loss == Approx(losses[k]).epsilon(tolerance));
  }
  check_parameters(t.parameters(), parameters, tolerance);
}

template <class Optimizer, class T, tl::lane_axis Axis, std::size_t Full, std::size_t Partial>
void check_runs(double learning_rate, const std::array<double, Full>& losses,
                const std::array<double, 51>& parameters,
                const std::array<double, Partial>& partial_losses,
                const std::array<double, 51>& partial_parameters, double tolerance) {
  check_run<Optimizer, T, Axis>(learning_rate, losses, parameters, false, tolerance);
  check_run<Optimizer, T, Axis>(learning_rate, partial_losses, partial_parameters, true, tolerance);
}

template <class T, tl::lane_axis Axis>
void check_adam(double tolerance) {
  check_runs<tl::adam, T, Axis>(0.05, pytorch::adam_full_losses, pytorch::adam_full_parameters,
                                pytorch::adam_partial_losses, pytorch::adam_partial_parameters,
                                tolerance);
}

template <class T, tl::lane_axis Axis>
void check_momentum(double tolerance) {
  check_runs<tl::sgd_with<tl::sgd_settings{.momentum = 0.9}>, T, Axis>(
      0.1, pytorch::sgd_momentum_full_losses, pytorch::sgd_momentum_full_parameters,
      pytorch::sgd_momentum_partial_losses, pytorch::sgd_momentum_partial_parameters, tolerance);
}

}  // namespace

TEST_CASE("adam trains as PyTorch in double precision") {
  check_adam<double, tl::lane_axis::features>(1e-11);
  check_adam<double, tl::lane_axis::samples>(1e-11);
}

TEST_CASE("adam trains as PyTorch in single precision") {
  check_adam<float, tl::lane_axis::features>(2e-5);
}

TEST_CASE("sgd with momentum trains as PyTorch") {
  check_momentum<double, tl::lane_axis::features>(1e-12);
  check_momentum<float, tl::lane_axis::samples>(5e-6);
}
