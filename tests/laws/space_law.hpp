#pragma once
// Loss and gradients of a network over space, by kernels and by the reference semantics.

#include <catch2/catch.hpp>
#include <cmath>
#include <space/hashed.hpp>
#include <memory>
#include <tapeless/tapeless.hpp>
#include <vector>

namespace laws {

namespace tl = tapeless;

/// Sum of products of outputs and given numbers.
struct product_with_target {
  static constexpr bool is_sum = true;
  static constexpr tl::value lower(tl::graph&, tl::value y, tl::value t) {
    return tl::math::sum(y * t);
  }
  static constexpr tl::shape target(tl::shape output) { return output; }
  static constexpr double terms(tl::shape) { return 1; }
};

/// Compares in double, to 1e-12 of the greatest gradient.
template <class Net, int Batch, class... Options>
void check_gradients() {
  using parameters = tl::parameters<Net, double>;
  const auto theta = std::make_unique<parameters>(), own = std::make_unique<parameters>(),
             reference = std::make_unique<parameters>();
  const auto& all = parameters::tensors();
  for (int t = 0; t < all.count; ++t)
    for (int i = 0; i < all.of[t].dims.count(); ++i)
      theta->set(t, i, space::hashed(t + 5, i) / 2 + all.of[t].name.view().ends_with("var"));
  std::vector<double> x(static_cast<std::size_t>(Batch * tl::input_size<Net>));
  std::vector<double> w(static_cast<std::size_t>(Batch * tl::output_size<Net>));
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = space::hashed(1, static_cast<int>(i));
  for (std::size_t i = 0; i < w.size(); ++i) w[i] = space::hashed(2, static_cast<int>(i));
  const double loss = tl::value_and_grad<Net, product_with_target, tl::batch<Batch>, Options...>(
      *theta, x.data(), w.data(), *own);
  const double expected =
      tl::value_and_grad<Net, product_with_target, tl::batch<Batch>, tl::by_reference>(
          *theta, x.data(), w.data(), *reference);
  CHECK(std::abs(loss - expected) <= 1e-12 * (1 + std::abs(expected)));
  double greatest = 1;
  for (const double g : reference->data) greatest = std::max(greatest, std::abs(g));
  for (int i = 0; i < parameters::size; ++i) {
    INFO("element " << i << " of the packed gradient");
    CHECK(std::abs(own->data[i] - reference->data[i]) <= 1e-12 * greatest);
  }
}

}  // namespace laws
