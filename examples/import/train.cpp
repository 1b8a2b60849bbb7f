// Trains the classifier of network.hpp and saves it as digits.safetensors.

#include <fmt/format.h>

#include <exception>
#include <memory>
#include <tapeless/host.hpp>

#include "network.hpp"

namespace tl = tapeless;

int main() try {
  auto [train, test] = tl::train_test_split(tl::digits(), 0.2, 42);
  train = tl::normalize(train, 0.5f, 0.5f);
  test = tl::normalize(test, 0.5f, 0.5f);
  using trainer = tl::trainer<digits, tl::cross_entropy, tl::adam, tl::batch<32>>;
  const auto t = std::make_unique<trainer>(tl::init<digits>(tl::seed{1}),
                                           trainer::options_type{.learning_rate = 2e-3});
  tl::fit(*t, train, {.epochs = 20, .seed = 1u, .table = nullptr});
  fmt::print("accuracy on the test set {:.1f} %\n", 100 * tl::accuracy(*t, test));
  tl::save<digits>("digits.safetensors", t->parameters());
  return 0;
} catch (const std::exception& e) {
  fmt::print(stderr, "{}\n", e.what());
  return 1;
}
