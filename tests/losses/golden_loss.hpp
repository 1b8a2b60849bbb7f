#pragma once
// A loss and its gradient against PyTorch's, in float and double, with both lane axes.

#include <catch2/catch.hpp>
#include <golden/losses.hpp>
#include <tapeless/tapeless.hpp>

namespace losses_test {

namespace tl = tapeless;

/// Output s is row s of its parameter when input s is the unit vector s, so that the gradient of
/// the parameter is that of the outputs.
struct rows : tl::network<rows> {
  static consteval tl::value define(tl::graph& g) {
    const tl::value x = g.input("x", tl::shape{4});
    return tl::math::matmul(x, g.parameter("rows", tl::shape{4, 5}, tl::initializer{}));
  }
};

template <class Loss, class T, class Lanes, std::size_t N>
void check(const std::array<double, 20>& outputs, const std::array<double, N>& targets, double loss,
           const std::array<double, 20>& gradient, double tolerance) {
  static_assert(tl::target_size<rows, Loss> * 4 == N);
  T x[16] = {}, t[N];
  for (int s = 0; s < 4; ++s) x[5 * s] = T(1);
  for (std::size_t i = 0; i < N; ++i) t[i] = static_cast<T>(targets[i]);
  tl::parameters<rows, T> theta;
  for (int i = 0; i < 20; ++i)
    theta.set(0, i, static_cast<T>(outputs[static_cast<std::size_t>(i)]));
  const auto r = tl::value_and_grad<rows, Loss, tl::batch<4>, Lanes>(theta, x, t);
  CHECK(r.loss == Approx(loss).epsilon(tolerance));
  for (int i = 0; i < 20; ++i) {
    INFO("element " << i);
    CHECK(r.gradient.get(0, i) ==
          Approx(gradient[static_cast<std::size_t>(i)]).epsilon(tolerance).margin(tolerance));
  }
}

template <class Loss, std::size_t N>
void check_all(const std::array<double, 20>& outputs, const std::array<double, N>& targets,
               double loss, const std::array<double, 20>& gradient) {
  using features = tl::lanes_over<tl::lane_axis::features>;
  using samples = tl::lanes_over<tl::lane_axis::samples>;
  check<Loss, float, features>(outputs, targets, loss, gradient, 2e-6);
  check<Loss, double, features>(outputs, targets, loss, gradient, 1e-13);
  check<Loss, double, samples>(outputs, targets, loss, gradient, 1e-13);
}

}  // namespace losses_test
