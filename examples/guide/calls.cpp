#include <fmt/format.h>

#include <algorithm>
#include <tapeless/io/datasets.hpp>

#include "networks.hpp"

using namespace guide;

void accumulating() {
  // training.md: two batches, one update
  using trainer =
      tl::trainer<digits_net, tl::cross_entropy, tl::sgd, tl::batch<16>, tl::frozen_paths<"fc1">>;
  trainer t{tl::init<digits_net>(tl::seed{1}), {.learning_rate = 0.05 / 2}};
  const tl::dataset<float> data = tl::digits<float>();
  const tl::parameters<digits_net> before = t.parameters();
  t.accumulate(data.xs.data(), data.ys.data());
  t.accumulate(data.xs.data() + 16 * 64, data.ys.data() + 16);
  t.apply();
  fmt::print("frozen as it was: {}, the other moved: {}\n",
             before.view<"fc1.weight">()(3, 3) == t.parameters().view<"fc1.weight">()(3, 3),
             before.view<"fc2.bias">()(3) != t.parameters().view<"fc2.bias">()(3));
}

void batches_of_samples() {
  const auto theta = tl::init<attention>(tl::seed{1});
  // declaring.md: one sample, a batch by pointers, with the options of the plan
  std::array<float, 4 * 48> xs{}, ys{};
  for (std::size_t i = 0; i < xs.size(); ++i) xs[i] = static_cast<float>(i % 7) - 3;
  tl::forward<attention, tl::batch<4>>(theta, static_cast<const float*>(xs.data()), ys.data());
  std::array<float, 48> x{};
  std::copy_n(xs.begin() + 48, 48, x.begin());
  const std::array<float, 48> y = tl::forward<attention>(theta, x);
  fmt::print("batch equals sample: {}\n", tl::math::abs(y[5] - ys[48 + 5]) < 1e-5f);
}
