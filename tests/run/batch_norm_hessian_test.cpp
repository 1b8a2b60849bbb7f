// The Hessian of a loss whose samples meet in statistics of the batch.

#include <catch2/catch.hpp>
#include <tapeless/tapeless.hpp>

namespace tl = tapeless;

namespace {

struct normed
    : tl::sequential<tl::input<3>, tl::dense<4>, tl::batch_norm<>, tl::tanh, tl::dense<2>> {};
using three = tl::batch<3>;

}  // namespace

TEST_CASE("Hessian times a direction through batch_norm equals differences of gradients") {
  const auto theta = tl::init<normed, tl::as_declared, double>(tl::seed{3});
  const auto v = tl::init<normed, tl::as_declared, double>(tl::seed{4});
  const std::array<double, 9> x{0.3, -1, 0.5, 1.2, 0.1, -0.7, -0.4, 0.9, 0.6};
  const std::array<double, 6> t{1, 0, -1, 0.5, 0.2, -0.3};
  tl::parameters<normed, double> product;
  tl::hvp<normed, tl::mse, three>(theta, x.data(), t.data(), v, product);
  auto above = theta, below = theta;
  for (int i = 0; i < theta.size; ++i) {
    above.data[i] += 1e-5 * v.data[i];
    below.data[i] -= 1e-5 * v.data[i];
  }
  const auto gradient = [&](const tl::parameters<normed, double>& at) {
    return tl::value_and_grad<normed, tl::mse, three>(at, x.data(), t.data()).gradient;
  };
  const auto up = gradient(above), down = gradient(below);
  for (int i = 0; i < theta.size; ++i)
    CHECK(product.data[i] == Approx((up.data[i] - down.data[i]) / 2e-5).margin(2e-8));
}
