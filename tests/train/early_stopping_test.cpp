#include <array>
#include <catch2/catch.hpp>
#include <cstddef>
#include <limits>
#include <tapeless/train/early_stopping.hpp>
#include <tapeless/train/trainable.hpp>

namespace tl = tapeless;

namespace {

// Feeds losses until the run stops; returns the epoch it stopped after, or 0.
int stops_after(tl::early_stopping& stopping, std::initializer_list<double> losses) {
  int epoch = 0;
  for (double loss : losses) {
    std::array<int, 2> weights{++epoch, -epoch};
    if (!stopping.update(epoch, loss, tl::bytes_of(weights))) return epoch;
  }
  return 0;
}

}  // namespace

TEST_CASE("early stopping waits for its patience and restores the best", "[train][stopping]") {
  tl::early_stopping stopping({.patience = 2});
  CHECK(stops_after(stopping, {3, 2, 2.5, 1, 1.5, 1.2, 0.1}) == 6);
  CHECK(stopping.exhausted());
  CHECK(stopping.best_epoch == 4);
  CHECK(stopping.best_loss == 1);
  std::array<int, 2> weights{};
  CHECK(stopping.restore(tl::bytes_of(weights)));
  CHECK(weights == std::array{4, -4});
}

TEST_CASE("a gain within min_delta is none", "[train][stopping]") {
  tl::early_stopping stopping({.patience = 2, .min_delta = 0.5});
  CHECK(stops_after(stopping, {3, 2.6, 2.5, 2.4}) == 3);
  CHECK(stopping.best_epoch == 1);
}

TEST_CASE("patience 0 stops at the first epoch without gain", "[train][stopping]") {
  tl::early_stopping stopping({.patience = 0});
  CHECK(stops_after(stopping, {3, 2, 2, 1}) == 3);
}

TEST_CASE("a NaN is no gain", "[train][stopping]") {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  tl::early_stopping stopping({.patience = 2});
  CHECK(stops_after(stopping, {nan, nan, 1}) == 2);
  std::array<int, 2> weights{7, 7};
  CHECK_FALSE(stopping.restore(tl::bytes_of(weights)));
  CHECK(weights == std::array{7, 7});
}

TEST_CASE("without restore_best the weights stay", "[train][stopping]") {
  tl::early_stopping stopping({.patience = 1, .restore_best = false});
  CHECK(stops_after(stopping, {1, 2}) == 2);
  std::array<int, 2> weights{7, 7};
  CHECK_FALSE(stopping.restore(tl::bytes_of(weights)));
  CHECK(weights == std::array{7, 7});
}
